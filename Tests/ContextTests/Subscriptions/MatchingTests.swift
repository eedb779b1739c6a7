import Entities
import HigoTesting
import JSON
import NIOHTTP1
import Storage
import Testing

/// Which changes a subscription tells of. All cases hear of the same changes.
struct MatchingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var entities: JSON = [["type": "Room"]]
        var more: JSON = [:]
        /// `id temperature`, and what was deleted as `id deleted`.
        var heard: [String]
    }

    private static let near: JSON = [
        "geoQ": ["georel": "near;maxDistance==1000", "geometry": "Point", "coordinates": [130.7, 32.8]]
    ]

    static let cases: [Case] = [
        Case(testDescription: "a type", heard: ["1 20", "2 30", "1 25", "1 25"]),
        Case(
            testDescription: "an id", entities: [["id": "urn:ngsi-ld:Room:1", "type": "Room"]],
            heard: ["1 20", "1 25", "1 25"]),
        Case(testDescription: "a pattern of ids", entities: [["idPattern": ":2$", "type": "Room"]], heard: ["2 30"]),
        Case(
            testDescription: "one of two types", entities: [["type": "Room,Car"]],
            heard: ["1 20", "2 30", "1 25", "1 25", "1 -"]),
        Case(
            testDescription: "any type", entities: [["type": "*"]], more: ["watchedAttributes": ["speed"]],
            heard: ["1 -"]),
        Case(testDescription: "watched attributes", more: ["watchedAttributes": ["humidity"]], heard: ["1 25"]),
        Case(testDescription: "a condition", more: ["q": "temperature>24"], heard: ["2 30", "1 25", "1 25"]),
        Case(testDescription: "a place", more: near, heard: ["1 20", "1 25", "1 25"]),
        Case(
            testDescription: "creations", more: ["notificationTrigger": ["entityCreated"]], heard: ["1 20", "2 30"]),
        Case(
            testDescription: "updates", more: ["notificationTrigger": ["entityUpdated"]],
            heard: ["1 25", "1 25", "1 25"]),
        Case(
            testDescription: "deletions", more: ["notificationTrigger": ["entityDeleted"]], heard: ["2 deleted"]),
        Case(
            testDescription: "attributes that come", more: ["notificationTrigger": ["attributeCreated"]],
            heard: ["1 20", "2 30", "1 25"]),
        Case(
            testDescription: "attributes that change", more: ["notificationTrigger": ["attributeUpdated"]],
            heard: ["1 25"]),
        Case(
            testDescription: "attributes that go", more: ["notificationTrigger": ["attributeDeleted"]],
            heard: ["1 25"]),
        Case(testDescription: "nothing while paused", more: ["isActive": false], heard: []),
    ]

    @Test(arguments: cases) func tellsOf(_ wanted: Case) async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                try await site.subscribe(subscription(to: receiver.uri(), entities: wanted.entities, wanted.more))
                let received = try await site.heard(by: receiver) { try await Self.change(site) }
                #expect(received.map { Self.summary($0.entity) } == wanted.heard)
            }
        }
    }

    private static func change(_ site: SubscribedSite) async throws {
        let place: JSON = ["type": "Point", "coordinates": [130.7, 32.8]]
        try await site.create("1", ["temperature": 20, "location": ["type": "GeoProperty", "value": place]])
        try await site.create("2", ["temperature": 30])
        try await site.update("1", ["temperature": 25])
        try await site.append("1", ["humidity": 5])
        try await site.removeAttribute("1", "humidity")
        try await site.create("1", type: "Car", ["speed": 1])
        try await site.remove("2")
    }

    private static func summary(_ entity: JSON) -> String {
        let id = entity["id"]?.stringValue?.split(separator: ":").last.map(String.init) ?? "?"
        if entity["deletedAt"] != nil { return "\(id) deleted" }
        return "\(id) \(entity["temperature"]?["value"]?.intValue.map(String.init) ?? "-")"
    }

    @Test func findsAmongThousands() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                for number in 0..<2_000 {
                    try await site.subscribe(
                        subscription(
                            to: receiver.uri("/\(number)"),
                            entities: [["id": .string("urn:ngsi-ld:Room:\(number)"), "type": "Room"]]))
                }
                let received = try await site.heard(by: receiver, at: "/1234") {
                    try await site.create("1234")
                    try await site.update("1234", ["temperature": 1])
                }
                #expect(received.map(\.path) == ["/1234", "/1234"])
            }
        }
    }

    @Test func seesOnlyWhatItsMakerMaySee() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                try await site.site.load([shelter(1), shelter(2, visibility: .tenant), shelter(3, visibility: .bodies)])
                let other = Persona.machine(of: "431001", may: writer)
                let wanted: JSON = [["type": "EvacuationShelter"]]
                try await site.subscribe(
                    subscription(to: receiver.uri(), entities: wanted, ["watchedAttributes": ["capacity"]]), as: other)
                let received = try await site.heard(by: receiver) {
                    for number in 1...3 {
                        try await site.update("431001:\(number)", type: "EvacuationShelter", ["capacity": 1])
                    }
                }
                #expect(
                    received.map { $0.entity["id"] } == [
                        "urn:ngsi-ld:EvacuationShelter:431001:1", "urn:ngsi-ld:EvacuationShelter:431001:3",
                    ])
            }
        }
    }
}
