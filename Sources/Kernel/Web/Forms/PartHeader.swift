/// The header lines of one part of a multipart form.
struct PartHeader {
    private(set) var name: String?
    /// The last piece of the path that some browsers send.
    private(set) var fileName: String?
    private(set) var mediaType = "text/plain"

    init(_ bytes: ArraySlice<UInt8>) {
        for line in bytes.split(separator: 10) {
            let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            let pair = text.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            switch pair[0].lowercased() {
            case "content-disposition": readDisposition(pair[1])
            case "content-type": mediaType = String(pair[1].drop { $0 == " " })
            default: break
            }
        }
    }

    private mutating func readDisposition(_ text: Substring) {
        var rest = text
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[semicolon...].dropFirst()
            guard let equals = rest.firstIndex(of: "=") else { return }
            let key = rest[..<equals].filter { $0 != " " }.lowercased()
            let value = Self.value(&rest, from: rest.index(after: equals))
            switch key {
            case "name": name = value
            case "filename": fileName = value.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
            default: break
            }
        }
    }

    /// A quoted string in which browsers write `"` as `%22`, or a token.
    private static func value(_ rest: inout Substring, from start: Substring.Index) -> String {
        let text = rest[start...].drop { $0 == " " }
        guard text.first == "\"" else {
            let token = text.prefix { $0 != ";" }
            rest = text[token.endIndex...]
            return token.filter { $0 != " " }
        }
        var value = ""
        var isEscaped = false
        var position = text.index(after: text.startIndex)
        while position < text.endIndex, isEscaped || text[position] != "\"" {
            isEscaped = !isEscaped && text[position] == "\\" && text[position...].dropFirst().first == "\""
            if !isEscaped { value.append(text[position]) }
            position = text.index(after: position)
        }
        rest = position < text.endIndex ? text[position...].dropFirst() : text[position...]
        return value.replacing("%22", with: "\"")
    }
}
