import JSON
import LinkedData
import Testing

/// Contexts made at random from parts that lean on each other. The same seed makes the same contexts.
@Suite struct ContextFuzzTests {
    @Test(arguments: 0..<20)
    func contextsAreReadOrRefusedAndNamesComeBack(_ seed: Int) throws {
        var maker = ContextMaker(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        var read = 0
        for _ in 0..<100 {
            let json = maker.context(depth: 3)
            guard let context = try? LDContext(json, startingWith: .core, documents: ContextMaker.documents) else {
                continue
            }
            read += 1
            let names = StoredNames(context: context)
            for name in ContextMaker.names + context.terms {
                guard let stored = names.stored(name), !Self.isHidden(stored, by: context) else { continue }
                #expect(names.stored(names.compact(stored)) == stored, "\(name) in \(json)")
                #expect(StoredNames.form(of: StoredNames.iri(of: stored)) == stored, "\(name) in \(json)")
                #expect(names.stored(StoredNames.iri(of: stored)) == stored, "\(name) in \(json)")
            }
            for name in ContextMaker.names {
                guard let iri = context.expand(name), !iri.hasPrefix("@"), !Self.isHidden(iri, by: context) else {
                    continue
                }
                #expect(context.expand(context.compact(iri)) == iri, "\(name) in \(json)")
            }
        }
        #expect(read > 5)
    }

    /// Whether a context leaves no way to write an IRI: it reads its scheme as a prefix, or the IRI itself as a term.
    /// JSON-LD calls this an IRI confused with a prefix.
    private static func isHidden(_ name: String, by context: LDContext) -> Bool {
        let iri = StoredNames.iri(of: name)
        let scheme = String(iri.prefix { $0 != ":" })
        return context.definition(of: scheme)?.isPrefix == true || context.definition(of: iri) != nil
    }
}

private struct ContextMaker {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    static let names = [
        "a", "b", "ex", "ex:a", "ex:b", "a:b", "location", "type", "気温", "が", "か\u{3099}", "x/y", "ngsi-ld:scope", "",
        "https://x.org/a", "https://uri.etsi.org/ngsi-ld/default-context/a", "https://uri.etsi.org/ngsi-ld/location",
        "https://uri.etsi.org/ngsi-ld/default-context/location", "urn:x:y", "@a", "@type", "_:b", "1:2",
    ]
    static let targets = names + ["https://x.org/", "https://uri.etsi.org/ngsi-ld/default-context/b", "b", "a", "ex:c"]
    static let documents: [String: JSON] = [
        "https://c.org/1": ["@context": ["a": "https://x.org/1", "ex": "https://x.org/ex#"]],
        "https://c.org/2": ["@context": ["2", ["b": "x:y"]]],
    ]

    mutating func below(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(count))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func context(depth: Int) -> JSON {
        switch below(12) {
        case 0: return nil
        case 1: return .string(pick(["https://c.org/1", "https://c.org/2", "x", CoreVersion.current.address]))
        case 2...4 where depth > 0: return .array((0..<below(4)).map { _ in context(depth: depth - 1) })
        case 5: return pick([1, true, "", "1"])
        default: return .object(JSONObject((0..<below(6)).map { _ in member() }))
        }
    }

    private mutating func member() -> JSONObject.Member {
        switch below(14) {
        case 0: return .init("@vocab", pick(["https://v.org/", nil, "", "ex:", 1]))
        case 1: return .init("@protected", pick([true, false, 1]))
        case 2: return .init("@import", pick(["https://c.org/1", "https://c.org/2"]))
        case 3: return .init("@language", pick(["ja", nil, 1]))
        case 4...6: return .init(pick(Self.names), definition())
        default: return .init(pick(["a", "b", "ex", "気温", "が", "c"]), .string(pick(Self.targets)))
        }
    }

    private mutating func definition() -> JSON {
        var members: [JSONObject.Member] = []
        for name in ["@id", "@type", "@container", "@reverse", "@prefix", "@language", "@nest", "@context"]
        where below(name == "@id" ? 8 : 5) < (name == "@id" ? 7 : 1) {
            let strings = ["@id", "@vocab", "@json", "@set", "@list", "@language", "@nest"] + Self.targets
            members.append(.init(name, pick([.string(pick(strings)), true, nil, .array([.string(pick(strings))])])))
        }
        return .object(JSONObject(members))
    }
}
