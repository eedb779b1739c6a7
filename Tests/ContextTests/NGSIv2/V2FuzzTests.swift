import Context
import Entities
import JSON
import Storage
import Testing

/// Whatever a client sends is read or refused in Orion's words; nothing crashes.
struct V2FuzzTests {
    private static let pieces = [
        "a", "b.c", "'x.y'", "==", "!=", ">=", "<", "~=", ":", "..", ",", ";", "!", "'", " ", "1", "2.5", "true",
        "null", "é", "(", "[", "*",
        "2026-01-01", "dateCreated", "", "\\", "|", "&", "%",
    ]

    @Test func conditionsAreReadOrRefused() {
        var random = SeededNumbers(seed: 11)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            do { _ = try V2Condition.q(text) } catch { Self.expectOrion(error) }
            do { _ = try V2Condition.mq(text) } catch { Self.expectOrion(error) }
        }
    }

    @Test func bodiesAreReadOrRefused() {
        var random = SeededNumbers(seed: 12)
        for _ in 0..<5_000 {
            let entity = Self.mutated(Self.entity, &random)
            do { _ = try V2EntityInput(entity: entity, keyValues: Bool.random(using: &random)) } catch {
                Self.expectOrion(error)
            }
            let subscription = Self.mutated(Self.subscription, &random)
            do { _ = try V2Subscription(subscription.objectValue ?? JSONObject()) } catch { Self.expectOrion(error) }
        }
    }

    private static func expectOrion(_ refusal: Refusal) {
        #expect([.badRequest, .tooLarge].contains(refusal.code), "\(refusal)")
        #expect(!refusal.detail.isEmpty)
    }

    private static let entity: JSON = [
        "id": "E", "type": "T",
        "A": ["value": 1, "type": "Number", "metadata": ["m": ["value": "x", "type": "Text"]]],
        "l": ["value": ["type": "Point", "coordinates": [1, 2]], "type": "geo:json"],
        "p": ["value": "1,2", "type": "geo:point"],
        "d": ["value": "2026-01-01", "type": "DateTime"], "o": ["value": ["$inc": 1]],
    ]
    private static let subscription: JSON = [
        "description": "d",
        "subject": [
            "entities": [["idPattern": ".*", "type": "T"]],
            "condition": [
                "attrs": ["a"],
                "expression": ["q": "a>1", "georel": "near;maxDistance:1", "geometry": "point", "coords": "1,2"],
                "alterationTypes": ["entityCreate"], "notifyOnMetadataChange": true,
            ],
        ],
        "notification": [
            "httpCustom": [
                "url": "http://x/${id}", "headers": ["a": "b"], "qs": ["a": "b"], "method": "PUT",
                "ngsi": ["A": ["value": "${1+1}", "metadata": ["evalPriority": ["value": 1]]]], "timeout": 1,
            ], "attrs": ["a"], "metadata": ["m"], "attrsFormat": "normalized", "covered": true, "maxFailsLimit": 1,
        ], "expires": "2030-01-01", "status": "active", "throttling": 1,
    ]
    private static let odd: [JSON] = [
        .null, true, 0, -1, .number("1e400"), .number("0.5"), "", "<", "${", "mqtt://x", "http://", [], [:], [[]],
        ["value": .null], [1, "a"],
        "2026-13-01", "geo:json", ".*(", "é", .string(String(repeating: "x", count: 2_000)),
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
                case 1: return JSONObject.Member("x(y)", member.value)
                default: return JSONObject.Member(member.name, mutated(member.value, &random))
                }
            }
            return .object(JSONObject(members))
        case .array(let elements): return .array(elements.map { mutated($0, &random) })
        default: return odd.randomElement(using: &random) ?? .null
        }
    }
}
