import Storage

extension QueryItems {
    /// Most names in one query or form.
    package static let maximumCount = 256

    /// Reads `application/x-www-form-urlencoded` text, the form of queries too: `+` is a space, pieces without `=` are
    /// names with an empty value, empty pieces are skipped.
    ///
    /// Refuses broken percent-encoding, text that is not UTF-8, and more than 256 names with `bad-request`.
    package init(urlEncoded text: some Collection<UInt8>) throws(Refusal) {
        var items: [Item] = []
        for piece in text.split(separator: UInt8(ascii: "&")) {
            guard items.count < Self.maximumCount else {
                throw Refusal(.badRequest, "There are more than \(Self.maximumCount) parameters; send fewer.")
            }
            let end = piece.firstIndex(of: UInt8(ascii: "="))
            let name = try Self.decode(piece[..<(end ?? piece.endIndex)])
            let value = try end.map { end throws(Refusal) in try Self.decode(piece[end...].dropFirst()) } ?? ""
            items.append(Item(name, value))
        }
        self.init(items)
    }

    private static func decode(_ units: some Collection<UInt8>) throws(Refusal) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(units.count)
        var decoder = PercentDecoder(units)
        while let unit = try decoder.next() {
            bytes.append(unit.byte == UInt8(ascii: "+") && !unit.wasEncoded ? UInt8(ascii: " ") : unit.byte)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.badRequest, "A parameter is not UTF-8 after percent-decoding; encode it from UTF-8.")
        }
        return text
    }
}
