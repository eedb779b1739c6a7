import JSON
import LinkedData
import Testing

@Suite struct ContextReadingTests {
    static func iris(_ context: JSON, documents: [String: JSON] = [:]) throws -> [String: String?] {
        let read = try LDContext(context, documents: documents)
        return Dictionary(uniqueKeysWithValues: read.terms.map { ($0, read.definition(of: $0)?.iri) })
    }

    @Test func readsStringsPrefixesAndVocabulary() throws {
        let read = try Self.iris([
            "a": "ex:a", "ex": "https://x.org/", "@vocab": "https://v.org/", "b": "other", "c:d": "c:d",
            "e": ["@id": "a"],
            "https://y.org/f": "https://y.org/f", "gone": nil, "id": "@id", "@new": "https://x.org/",
        ])
        #expect(
            read == [
                "a": "https://x.org/a", "ex": "https://x.org/", "b": "https://v.org/other", "c:d": "c:d",
                "e": "https://x.org/a", "https://y.org/f": "https://y.org/f", "gone": nil as String?, "id": "@id",
            ])
    }

    @Test func readsExpandedDefinitions() throws {
        let read = try LDContext([
            "xsd": "http://www.w3.org/2001/XMLSchema#", "@version": 1.1,
            "knows": ["@id": "https://x.org/knows", "@type": "@id", "@container": ["@set"]],
            "born": ["@id": "https://x.org/born", "@type": "xsd:date"],
            "label": ["@id": "https://x.org/label", "@language": "JA", "@nest": "@nest", "@index": "x"],
            "child": ["@reverse": "https://x.org/parent", "@container": "@index"],
            "raw": ["@id": "https://x.org/raw", "@type": "@json", "@protected": true],
            "p": ["@id": "https://x.org/p", "@prefix": true],
        ])
        #expect(
            read.definition(of: "knows")
                == TermDefinition(iri: "https://x.org/knows", coercion: .id, container: .set))
        #expect(read.definition(of: "born")?.coercion == .datatype("http://www.w3.org/2001/XMLSchema#date"))
        #expect(read.definition(of: "label") == TermDefinition(iri: "https://x.org/label", language: "ja"))
        #expect(
            read.definition(of: "child")
                == TermDefinition(iri: "https://x.org/parent", container: .index, isReverse: true))
        #expect(read.definition(of: "raw")?.isProtected == true)
        #expect(read.expand("p:q") == "https://x.org/pq")
        #expect(read.expand("knows:q") == "knows:q")
    }

    @Test func laterContextsStand() throws {
        let read = try LDContext([["a": "https://x.org/1", "b": "https://x.org/b"], ["a": "https://x.org/2"]])
        #expect(read.expand("a") == "https://x.org/2")
        #expect(read.expand("b") == "https://x.org/b")
        #expect(try LDContext([["a": "https://x.org/1"], nil]).terms.isEmpty)
    }

    @Test func readsRemoteContexts() throws {
        let documents: [String: JSON] = [
            "https://c.org/a/one.jsonld": ["@context": ["two.jsonld", ["a": "https://x.org/a"]], "extra": 1],
            "https://c.org/a/two.jsonld": [
                "@context": ["a": "https://x.org/2", "b": "https://x.org/b", "@base": "x:y"]
            ],
        ]
        let read = try LDContext("https://c.org/a/one.jsonld", documents: documents)
        #expect(read.expand("a") == "https://x.org/a")
        #expect(read.expand("b") == "https://x.org/b")
        #expect(read.base == nil)
    }

    @Test func importedMembersGiveWay() throws {
        let documents: [String: JSON] = [
            "https://c.org/": ["@context": ["a": "https://x.org/1", "b": "https://x.org/b"]]
        ]
        let read = try LDContext(["@import": "https://c.org/", "a": "https://x.org/2"], documents: documents)
        #expect(read.expand("a") == "https://x.org/2")
        #expect(read.expand("b") == "https://x.org/b")
    }

    @Test func loadsEachDocumentOnce() async throws {
        let asked = Asked()
        let read = try await LDContext(["https://c.org/1", "https://c.org/2", "https://c.org/1"]) {
            address throws(LDError) in
            await asked.note(address)
            return ["@context": address.hasSuffix("3") ? ["t": "https://x.org/t"] : "https://c.org/3"]
        }
        #expect(read.expand("t") == "https://x.org/t")
        #expect(await asked.addresses.sorted() == ["https://c.org/1", "https://c.org/2", "https://c.org/3"])
    }

    @Test(
        arguments: [
            (["@version": 1.0], "@version can only be 1.1."),
            (["a": 1], "A definition is a string, an object or null."),
            (["a": "b"], "“b” does not lead to an IRI."),
            (["a": "b:c", "b": "a:d"], "Its definition leans on itself."),
            (["@id": "https://x.org/"], "A keyword cannot be defined."),
            (["": "https://x.org/"], "A term is an empty string."),
            (["a": ["@id": "https://x.org/", "@container": "@bag"]], "@container \"@bag\" is none of JSON-LD's."),
            (["a": ["@id": "https://x.org/", "color": 1]], "A definition has no member “color”."),
            (["a": ["@type": "@id"]], "It has no @id, and there is no @vocab."),
            (["a:b": "https://x.org/"], "A term that looks like an IRI can only mean that IRI."),
            (5, "A context is an address, an object, null or an array of these."),
            ("x.jsonld", "“x.jsonld” is no address of a context. Give a whole http or https address."),
            (["@vocab": 1], "@vocab is neither a string nor null."),
            (["@import": 1], "@import is no string."),
            (
                [["@protected": true, "a": "https://x.org/1"], ["a": "https://x.org/2"]],
                "It is protected, and this definition differs."
            ),
            ([["@protected": true, "a": "https://x.org/1"], nil], "null cannot take back protected terms."),
        ] as [(JSON, String)])
    func refuses(_ context: JSON, _ reason: String) {
        #expect { try LDContext(context) } throws: { error in
            guard case .invalid(reason, _)? = error as? LDError else { return false }
            return true
        }
    }

    @Test func refusesScopedContexts() {
        #expect(throws: LDError.scopedContext(term: "a")) {
            try LDContext(["a": ["@id": "https://x.org/", "@context": ["b": "https://x.org/b"]]])
        }
    }

    @Test func protectedTermsMayBeSaidAgain() throws {
        let again = try LDContext([["@protected": true, "a": "https://x.org/1"], ["a": "https://x.org/1"]])
        #expect(again.definition(of: "a")?.isProtected == true)
    }
}

private actor Asked {
    var addresses: [String] = []

    func note(_ address: String) { addresses.append(address) }
}
