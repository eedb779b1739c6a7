import HTTPTypes
import HigoTesting
import JSON
import NIOHTTP1
import Testing

/// How notifications look.
struct NotificationFormTests {
    private static func heard(
        notification: JSON = [:], endpoint: JSON = [:], _ more: JSON = [:],
        space: String? = nil, _ changes: (SubscribedSite) async throws -> Void
    ) async throws -> [Receiver.Received] {
        try await withReceiver { receiver in
            var received: [Receiver.Received] = []
            try await withSubscribedSite(settings: .inOrder) { site in
                try await site.subscribe(
                    subscription(to: receiver.uri(), notification: notification, endpoint: endpoint, more))
                received = try await site.heard(by: receiver) { try await changes(site) }
            }
            return received
        }
    }

    static let room: JSON = [
        "temperature": ["type": "Property", "value": 20, "unitCode": "CEL"],
        "location": ["type": "GeoProperty", "value": ["type": "Point", "coordinates": [130.7, 32.8]]],
        "isIn": ["type": "Relationship", "object": "urn:ngsi-ld:House:1"],
    ]

    @Test(
        arguments: [
            (
                "concise",
                [
                    "temperature": ["value": 20, "unitCode": "CEL"],
                    "location": ["type": "Point", "coordinates": [130.7, 32.8]],
                    "isIn": ["object": "urn:ngsi-ld:House:1"],
                ]
            ),
            (
                "keyValues",
                [
                    "temperature": 20, "location": ["type": "Point", "coordinates": [130.7, 32.8]],
                    "isIn": "urn:ngsi-ld:House:1",
                ]
            ),
            (
                "simplified",
                [
                    "temperature": 20, "location": ["type": "Point", "coordinates": [130.7, 32.8]],
                    "isIn": "urn:ngsi-ld:House:1",
                ]
            ), ("normalized", room),
        ] as [(String, JSON)]
    ) func comesInTheFormatAskedFor(format: String, attributes: JSON) async throws {
        let received = try await Self.heard(notification: ["format": .string(format)]) { site in
            try await site.create("1", Self.room)
        }
        var entity: JSON = ["id": "urn:ngsi-ld:Room:1", "type": "Room"]
        for member in attributes.objectValue?.members ?? [] { entity[member.name] = member.value }
        #expect(received.map(\.entity) == [entity])
    }

    @Test func showsWhatItWasBefore() async throws {
        let received = try await Self.heard(notification: ["showChanges": true]) { site in
            try await site.create("1")
            try await site.update("1", ["temperature": 21])
        }
        #expect(
            received.map { $0.entity["temperature"] } == [
                ["type": "Property", "value": 20], ["type": "Property", "value": 21, "previousValue": 20],
            ])
    }

    @Test func tellsOfAttributesThatWent() async throws {
        let received = try await Self.heard(["notificationTrigger": ["attributeDeleted"]]) { site in
            try await site.create("1", ["temperature": 20, "humidity": 5])
            try await site.removeAttribute("1", "humidity")
        }
        #expect(
            received.map(\.entity) == [
                [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": ["type": "Property", "value": 20],
                    "humidity": ["type": "Property", "value": "urn:ngsi-ld:null"],
                ]
            ])
    }

    @Test func tellsWhenThingsWereMadeAndChanged() async throws {
        let received = try await Self.heard(notification: ["sysAttrs": true]) { site in
            try await site.create("1")
        }
        let entity = try #require(received.first).entity
        for part in [entity, entity["temperature"]] {
            #expect(part?["createdAt"] == "2026-04-01T00:00:00.000Z")
            #expect(part?["modifiedAt"] == "2026-04-01T00:00:00.000Z")
        }
    }

    @Test func choosesAttributes() async throws {
        let picked = try await Self.heard(notification: ["attributes": ["isIn"], "format": "simplified"]) { site in
            try await site.create("1", Self.room)
        }
        #expect(picked.map(\.entity) == [["id": "urn:ngsi-ld:Room:1", "type": "Room", "isIn": "urn:ngsi-ld:House:1"]])
        let omitted = try await Self.heard(
            notification: ["omit": ["isIn", "location"], "format": "simplified"]
        ) { site in try await site.create("1", Self.room) }
        #expect(omitted.map(\.entity) == [["id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": 20]])
    }

    @Test func comesAsGeoJSON() async throws {
        let received = try await Self.heard(
            notification: ["format": "simplified"], endpoint: ["accept": "application/geo+json"]
        ) { site in try await site.create("1", Self.room) }
        let notification = try #require(received.first)
        #expect(notification.headers["Content-Type"] == ["application/geo+json"])
        #expect(
            notification.body["data"] == [
                "type": "FeatureCollection",
                "features": [
                    [
                        "id": "urn:ngsi-ld:Room:1", "type": "Feature",
                        "geometry": ["type": "Point", "coordinates": [130.7, 32.8]],
                        "properties": [
                            "type": "Room", "temperature": 20,
                            "location": ["type": "Point", "coordinates": [130.7, 32.8]],
                            "isIn": "urn:ngsi-ld:House:1",
                        ],
                    ]
                ],
            ])
    }

    @Test func comesAsLinkedDataWithItsContext() async throws {
        let received = try await Self.heard(endpoint: ["accept": "application/ld+json"]) { site in
            try await site.create("1")
        }
        let notification = try #require(received.first)
        #expect(notification.headers["Content-Type"] == ["application/ld+json"])
        #expect(notification.headers["Link"] == [])
        #expect(notification.body["@context"]?.stringValue?.contains("ngsi-ld-core-context") == true)
    }

    @Test func carriesWhatItsReceiverAsksFor() async throws {
        let received = try await Self.heard(
            endpoint: [
                "receiverInfo": [
                    ["key": "Authorization", "value": "Bearer abc"], ["key": "X-Place", "value": "Kumamoto"],
                ]
            ]
        ) { site in try await site.create("1") }
        let headers = try #require(received.first).headers
        #expect(headers["Authorization"] == ["Bearer abc"])
        #expect(headers["X-Place"] == ["Kumamoto"])
    }
}
