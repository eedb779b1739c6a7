import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

/// Whatever a client sends is done or refused in the standard's words: no request ends in an accident.
struct NGSIFuzzTests {
    private static let names = [
        "type", "idPattern", "attrs", "q", "scopeQ", "georel", "geometry", "coordinates", "geoproperty", "datasetId",
        "options", "format", "pick", "omit", "lang", "join", "joinLevel", "containedBy", "orderBy", "limit", "offset",
        "expandValues", "geometryProperty", "bbox", "id", "after",
    ]
    private static let pieces = [
        "A", "a.b", "a[b]", "==", "!=", "~=", "..", ",", ";", "|", "!", "\"", "(", ")", "{", "}", "*", "#", "+", "/K",
        "1",
        "-1", "2.5", "near;maxDistance==10", "Point", "[130,32]", "inline", "flat", "simplified", "desc", "dist-asc",
        "@none", "urn:a:b", "https://x.org/#a", "é", "\\", "%", "createdAt", "ja", "",
    ]

    @Test func queriesAreAnsweredOrRefused() async throws {
        try await withContextSite(.standard) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.entity)
            var random = SeededNumbers(seed: 21)
            for _ in 0..<1_500 {
                let items = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    let text = (0..<Int.random(in: 1...5, using: &random))
                        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
                    return (Self.names.randomElement(using: &random) ?? "q") + "="
                        + Call.percentEncoded(text, keeping: "")
                }
                let target = "/entities?type=T&" + items.joined(separator: "&")
                let answer = try await client.get(target)
                #expect([200, 400].contains(answer.status), "\(target) \(answer.text)")
            }
        }
    }

    @Test func bodiesAreTakenOrRefused() async throws {
        try await withContextSite(.standard) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.entity)
            var random = SeededNumbers(seed: 22)
            let ways: [(HTTPRequest.Method, String)] = [
                (.post, "/entities"), (.put, "/entities/urn:e:1"), (.patch, "/entities/urn:e:1"),
                (.patch, "/entities/urn:e:1?format=simplified&lang=ja"), (.post, "/entities/urn:e:1/attrs"),
                (.patch, "/entities/urn:e:1/attrs"), (.patch, "/entities/urn:e:1/attrs/name"),
                (.put, "/entities/urn:e:1/attrs/name"), (.post, "/entityOperations/upsert"),
                (.post, "/entityOperations/merge"), (.post, "/entityOperations/query"), (.post, "/jsonldContexts"),
            ]
            for round in 0..<2_000 {
                let (method, path) = ways[round % ways.count]
                var body = Self.mutated(Self.entity, &random)
                if path.contains("attrs/name") { body = body["name"] ?? body }
                if path.hasSuffix("upsert") || path.hasSuffix("merge") {
                    body = [body, Self.mutated(Self.entity, &random)]
                }
                let answer = try await client.send(method, path, body)
                #expect(
                    [200, 201, 204, 207, 400, 404, 409].contains(answer.status),
                    "\(method) \(path) \(body) \(answer.text)")
                let shown = try await client.get("/entities/urn:e:1?format=concise&options=sysAttrs&lang=ja")
                #expect(shown.status == 200 || shown.status == 404)
            }
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }

    private static let entity: JSON = [
        "id": "urn:e:1", "type": ["T", "U"], "scope": ["/K/1"], "expiresAt": "2030-01-01T00:00:00Z",
        "name": ["type": "LanguageProperty", "languageMap": ["ja": "名", "@none": "n"]],
        "p": [["value": 1, "unitCode": "CEL", "q": ["value": 2]], ["value": 3, "datasetId": "urn:d:1"]],
        "r": ["type": "Relationship", "object": ["urn:e:2", "urn:e:1"], "objectType": "T"],
        "g": ["type": "Point", "coordinates": [130.5, 32.5]], "v": ["vocab": ["a", "b"]], "j": ["json": ["x": .null]],
        "l": ["valueList": [1, [2]]], "rl": ["objectList": [["object": "urn:e:3"]]], "s": "text",
    ]
    private static let odd: [JSON] = [
        .null, true, 0, -1, .number("1e400"), "", "urn:ngsi-ld:null", "@type", "é", [], [:], [[]], ["value": .null],
        ["type": "Relationship"], ["type": "Other", "value": 1], ["@none": "urn:ngsi-ld:null"], "2026-13-01T00:00:00Z",
        ["languageMap": 5], ["vocab": ["@x"]], ["object": "no uri"], ["type": "Polygon", "coordinates": [[[0, 0]]]],
        .string(String(repeating: "x", count: 2_000)), ["unitCode": "CEL"], ["datasetId": "x", "value": 1],
    ]

    /// The value with one or two of its parts replaced, renamed or removed.
    private static func mutated(_ value: JSON, _ random: inout SeededNumbers) -> JSON {
        if Int.random(in: 0..<12, using: &random) == 0 { return odd.randomElement(using: &random) ?? .null }
        switch value {
        case .object(let object):
            guard !object.isEmpty else { return value }
            let chosen = Int.random(in: 0..<object.count, using: &random)
            let members = object.members.enumerated().compactMap { index, member -> JSONObject.Member? in
                guard index == chosen else { return member }
                switch Int.random(in: 0..<8, using: &random) {
                case 0: return nil
                case 1:
                    return JSONObject.Member(
                        ["@x", "x(y)", "", "observedAt", "name"].randomElement(using: &random) ?? "", member.value)
                default: return JSONObject.Member(member.name, mutated(member.value, &random))
                }
            }
            return .object(JSONObject(members))
        case .array(let elements): return .array(elements.map { mutated($0, &random) })
        default: return odd.randomElement(using: &random) ?? .null
        }
    }
}
