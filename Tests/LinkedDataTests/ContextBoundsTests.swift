import JSON
import LinkedData
import Testing

@Suite struct ContextBoundsTests {
    static func read(_ context: JSON, _ documents: [String: JSON]) async throws(LDError) -> LDContext {
        try await LDContext(context) { address throws(LDError) in
            guard let document = documents[address] else {
                throw .unavailable(address: address, reason: "404")
            }
            return document
        }
    }

    @Test func circlesEnd() async {
        let documents: [String: JSON] = [
            "https://c.org/1": ["@context": "https://c.org/2"], "https://c.org/2": ["@context": "https://c.org/1"],
        ]
        await #expect(throws: LDError.loop(address: "https://c.org/1")) {
            try await Self.read("https://c.org/1", documents)
        }
    }

    @Test func deepChainsAreRefused() async {
        let documents = Dictionary(
            uniqueKeysWithValues: (0..<60).map { ("https://c.org/\($0)", ["@context": "\($0 + 1)"] as JSON) })
        await #expect(throws: LDError.tooDeep(levels: 32)) { try await Self.read("https://c.org/0", documents) }
    }

    @Test func thirtyTwoLevelsAreRead() async throws {
        var documents: [String: JSON] = [:]
        for level in 0..<31 { documents["https://c.org/\(level)"] = ["@context": .string("\(level + 1)")] }
        documents["https://c.org/31"] = ["@context": ["a": "https://x.org/a"]]
        #expect(try await Self.read("https://c.org/0", documents).expand("a") == "https://x.org/a")
    }

    @Test func endlessDocumentsAreRefused() async {
        let many = JSON.array((0..<70).map { .string("https://c.org/\($0)") })
        await #expect(throws: LDError.tooLarge(reason: "It is made of more than 64 documents.")) {
            try await LDContext(many) { address throws(LDError) in ["@context": [:]] }
        }
        await #expect(throws: LDError.tooDeep(levels: 32)) {
            try await LDContext("https://c.org/0") { address throws(LDError) in
                ["@context": [.string(address + "0"), .string(address + "1")]]
            }
        }
    }

    @Test func doublingContextsAreRefused() async {
        let documents = Dictionary(
            uniqueKeysWithValues: (0..<30).map {
                ("https://c.org/\($0)", ["@context": ["\($0 + 1)", "\($0 + 1)"]] as JSON)
            } + [("https://c.org/30", ["@context": ["a": "https://x.org/a"]])])
        await #expect(throws: LDError.tooLarge(reason: "It defines more than 50000 terms.")) {
            try await Self.read("https://c.org/0", documents)
        }
    }

    @Test func deepArraysAreRefused() async {
        var context: JSON = [:]
        for _ in 0..<80 { context = [context] }
        let nested = context
        #expect(throws: LDError.tooDeep(levels: 32)) { try LDContext(nested) }
        await #expect(throws: LDError.tooDeep(levels: 32)) { try await Self.read(nested, [:]) }
    }

    @Test func longChainsOfTermsAreRefused() {
        let members = (0..<10_000).map { JSONObject.Member("t\($0)", .string("t\($0 + 1):x")) }
        #expect(throws: LDError.self) { try LDContext(.object(JSONObject(members))) }
    }

    @Test func documentsWithoutContextAreUnavailable() async {
        await #expect(throws: LDError.self) { try await Self.read("https://c.org/1", ["https://c.org/1": [1]]) }
        do {
            _ = try await Self.read("https://c.org/1", ["https://c.org/1": [:]])
        } catch { #expect(error.isUnavailable) }
    }
}
