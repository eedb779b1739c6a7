/// Turns `?` into `$1`, `$2`…, but not inside quotation marks.
enum Placeholders {
    static func numbered(_ sql: String) -> String {
        var numbered: [UInt8] = []
        var quote: UInt8?
        var count = 0
        for byte in sql.utf8 {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "?") {
                count += 1
                numbered += Array("$\(count)".utf8)
                continue
            }
            numbered.append(byte)
        }
        return String(decoding: numbered, as: UTF8.self)
    }
}
