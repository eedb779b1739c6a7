import Storage

/// Reads `multipart/form-data` (RFC 7578) from a body in memory.
package struct MultipartParser {
    package static let maximumParts = 256
    package static let maximumHeaderBytes = 8_192
    package static let maximumFieldBytes = 1 << 20

    /// CR LF, two hyphens and the boundary.
    private let delimiter: [UInt8]

    package init(boundary: String?) throws(Refusal) {
        guard let boundary, (1...70).contains(boundary.utf8.count) else {
            throw Refusal(.badRequest, "The Content-Type of the form lacks a boundary of 1 to 70 characters.")
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    package func form(_ body: [UInt8]) throws(Refusal) -> Form {
        var form = Form()
        guard var position = start(of: body) else {
            throw Refusal(.badRequest, "The body does not begin with the boundary that its Content-Type names.")
        }
        while !isLast(body, position) {
            guard form.fields.items.count + form.files.count < Self.maximumParts else {
                throw Refusal(.badRequest, "The form has more than \(Self.maximumParts) parts; send fewer.")
            }
            position = try readPart(of: body, from: position, into: &form)
        }
        return form
    }

    /// The place behind the first delimiter. Text before it is skipped (RFC 2046 §5.1.1).
    private func start(of body: [UInt8]) -> Int? {
        if body.starts(with: delimiter.dropFirst(2)) { return delimiter.count - 2 }
        return find(delimiter, in: body, from: 0).map { $0 + delimiter.count }
    }

    private func isLast(_ body: [UInt8], _ position: Int) -> Bool {
        body[position...].starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")])
    }

    /// Reads the part behind a delimiter; the place behind the next one.
    private func readPart(of body: [UInt8], from position: Int, into form: inout Form) throws(Refusal) -> Int {
        let lineEnd = try endOfDelimiterLine(body, position)
        let limit = min(body.count, lineEnd + Self.maximumHeaderBytes)
        let blank: [UInt8] = [13, 10, 13, 10]
        // A part without header lines begins with the blank line itself.
        guard let headerEnd = find(blank, in: body[..<limit], from: lineEnd - 2) else {
            throw Refusal(.badRequest, "The header of a part of the form does not end; it may take 8 KiB.")
        }
        let header = PartHeader(body[min(lineEnd, headerEnd)..<headerEnd])
        let content = headerEnd + 4
        guard let end = find(delimiter, in: body, from: content - 2) else {
            throw Refusal(.badRequest, "The body ends before the last boundary; send it whole.")
        }
        try add(body[min(content, end)..<end], header, to: &form)
        return end + delimiter.count
    }

    private func endOfDelimiterLine(_ body: [UInt8], _ position: Int) throws(Refusal) -> Int {
        var end = position
        while end < body.count, body[end] == 32 || body[end] == 9 { end += 1 }
        guard end + 1 < body.count, body[end] == 13, body[end + 1] == 10 else {
            throw Refusal(.badRequest, "A boundary in the form is not followed by the end of a line.")
        }
        return end + 2
    }

    private func add(_ content: ArraySlice<UInt8>, _ header: PartHeader, to form: inout Form) throws(Refusal) {
        guard let field = header.name else {
            throw Refusal(.badRequest, "A part of the form has no name in its Content-Disposition.")
        }
        if let file = header.fileName {
            form.files.append(
                Form.File(field: field, name: file, mediaType: header.mediaType, bytes: Array(content)))
            return
        }
        guard content.count <= Self.maximumFieldBytes else {
            throw Refusal(.tooLarge, "The field '\(field)' is longer than 1 MiB; shorten it.")
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Refusal(.badRequest, "The field '\(field)' is not UTF-8.")
        }
        form.fields.items.append(QueryItems.Item(field, text))
    }
}

/// The first place of `needle` at or after `from`.
private func find(_ needle: [UInt8], in hay: some RandomAccessCollection<UInt8>, from: Int) -> Int? {
    hay.withContiguousStorageIfAvailable { bytes in
        guard from >= 0, bytes.count >= needle.count else { return nil }
        var place = from
        while place <= bytes.count - needle.count {
            if bytes[place] == needle[0], needle.indices.allSatisfy({ bytes[place + $0] == needle[$0] }) {
                return place
            }
            place += 1
        }
        return nil
    } ?? nil
}
