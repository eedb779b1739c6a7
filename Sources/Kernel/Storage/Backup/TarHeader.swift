/// The 512 bytes before an entry (POSIX.1-1988 ustar). Only plain files with names of up to 100 bytes.
struct TarHeader: Sendable, Hashable {
    static let size = 512
    var name: String
    var size: Int64

    init(name: String, size: Int64) {
        self.name = name
        self.size = size
    }

    /// Zeros after an entry of that size.
    static func padding(of size: Int64) -> Int { Int((512 - size % 512) % 512) }

    func bytes() throws(Refusal) -> [UInt8] {
        guard name.utf8.count <= 100 else { throw Refusal(.tooLarge, "The name '\(name)' is too long for a backup.") }
        guard size < 1 << 33 else {
            throw Refusal(.tooLarge, "'\(name)' is larger than the 8 GiB that a backup takes.")
        }
        var bytes = [UInt8](repeating: 0, count: Self.size)
        func put(_ text: String, at start: Int) {
            bytes.replaceSubrange(start..<start + text.utf8.count, with: text.utf8)
        }
        put(name, at: 0)
        put("0000600", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(size, 11), at: 124)
        put(Self.octal(0, 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(Self.octal(bytes.reduce(0) { $0 + Int64($1) }, 6), at: 148)
        bytes[154] = 0
        return bytes
    }

    /// `nil` for the zeros at the end of an archive.
    init?(bytes: [UInt8]) throws(Refusal) {
        if bytes.allSatisfy({ $0 == 0 }) { return nil }
        let sum = bytes.enumerated().reduce(Int64(0)) { $0 + Int64((148..<156).contains($1.offset) ? 32 : $1.element) }
        guard bytes.count == Self.size, Self.number(bytes[148..<156]) == sum, let size = Self.number(bytes[124..<136])
        else { throw Refusal(.invalid, "This is not a backup of Higo, or it is damaged.") }
        name = String(decoding: bytes[0..<100].prefix { $0 != 0 }, as: UTF8.self)
        self.size = size
    }

    private static func octal(_ number: Int64, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}
