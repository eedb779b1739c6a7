import Storage
import Testing
import Web

/// Numbers that are the same in every run (xorshift).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

@Suite struct FuzzTests {
    private func text(_ alphabet: [UInt8], _ length: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...length, using: &generator)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
    }

    @Test func anyTargetIsReadOrRefused() {
        var generator = SeededGenerator(state: 0x43)
        let alphabet = Array("/%aF0?#&=+.. \u{7}熊".utf8) + [0, 0xFF]
        for _ in 0..<20_000 {
            let target = String(decoding: [47] + text(alphabet, 24, &generator), as: UTF8.self)
            guard let read = try? RequestTarget(target) else { continue }
            #expect(read.segments.allSatisfy { $0.upperBound <= read.bytes.count })
            #expect(Array(read.path.utf8) == read.bytes)
            #expect(read.segments.count == 0 || read.bytes.count > 1)
            _ = try? QueryItems(urlEncoded: read.query.utf8)
        }
    }

    @Test func anyQueryComesBackAsItWasWritten() throws {
        var generator = SeededGenerator(state: 0x86)
        let alphabet = Array("ab&=+% é町/?".unicodeScalars)
        for _ in 0..<3_000 {
            let items = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                let scalars = (0..<6).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
                let text = String(String.UnicodeScalarView(scalars))
                return QueryItems.Item("n" + text, text)
            }
            let written = items.map { item in
                Call.percentEncoded(item.name, keeping: "") + "=" + Call.percentEncoded(item.value, keeping: "")
            }
            let read = try QueryItems(urlEncoded: written.joined(separator: "&").utf8)
            #expect(read.items == items)
        }
    }

    @Test func anyMultipartBodyIsReadOrRefused() throws {
        var generator = SeededGenerator(state: 0x129)
        let pieces = [
            "--b", "--b--", "\r\n", "\r\n\r\n", "\n", "Content-Disposition: form-data; name=\"a\"",
            "; filename=\"f\\\"",
            "Content-Type: text/csv", "x", ";", "=", "\"", "-",
        ].map { Array($0.utf8) }
        let parser = try MultipartParser(boundary: "b")
        for _ in 0..<20_000 {
            let body = (0..<Int.random(in: 0...14, using: &generator)).flatMap { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }
            guard let form = try? parser.form(body) else { continue }
            #expect(form.fields.items.count + form.files.count <= MultipartParser.maximumParts)
        }
    }

    @Test func anyHeaderOfWishesIsRead() {
        var generator = SeededGenerator(state: 0x172)
        let alphabet = Array("text/html*;q=0.9, ja-en\"".utf8)
        for _ in 0..<10_000 {
            let header = String(decoding: text(alphabet, 30, &generator), as: UTF8.self)
            let wishes = Accept(header)
            #expect(wishes.choices.allSatisfy { (0...1).contains($0.quality) })
            _ = Language.chosen(query: nil, cookie: nil, acceptLanguage: header)
            _ = EntityTag.list(header)
            _ = MediaType(header).parameter("q")
        }
    }
}
