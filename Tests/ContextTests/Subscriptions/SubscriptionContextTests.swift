import HTTPTypes
import HigoTesting
import JSON
import NIOHTTP1
import Testing

/// Subscriptions whose names are in a context of the client's own.
struct SubscriptionContextTests {
    private static let context: JSON = ["Lab": "https://example.org/Lab", "warmth": "https://example.org/warmth"]

    private static func linked(_ json: JSON, _ context: JSON = context) -> JSON {
        var json = json
        json["@context"] = context
        return json
    }

    private static func send(
        _ site: SubscribedSite, _ method: HTTPRequest.Method, _ target: String, _ json: JSON
    ) async throws {
        let answer = try await site.site.send(
            method, target, json: json, as: SubscribedSite.key, type: "application/ld+json")
        try #require([201, 204].contains(answer.status), "\(answer.text)")
    }

    private static let lab: JSON = [
        "id": "urn:ngsi-ld:Lab:1", "type": "Lab", "warmth": ["type": "Property", "value": 20],
        "hidden": ["type": "Property", "value": 1],
    ]

    /// What receivers hear of a lab that is made and gets warmer; one subscription for each of `endpoints`.
    private static func heard(
        _ endpoint: JSON, _ more: (SubscribedSite) async throws -> JSON = { _ in [:] }
    ) async throws -> [Receiver.Received] {
        try await withReceiver { receiver in
            var received: [Receiver.Received] = []
            try await withSubscribedSite(settings: .inOrder) { site in
                let wanted = subscription(
                    to: receiver.uri(), entities: [["type": "Lab"]], notification: ["attributes": ["warmth"]],
                    endpoint: endpoint, ["watchedAttributes": ["warmth"], "q": "warmth>20"])
                var whole = linked(wanted)
                for member in try await more(site).objectValue?.members ?? [] { whole[member.name] = member.value }
                try await send(site, .post, SubscribedSite.root, whole)
                received = try await site.heard(by: receiver) {
                    try await send(site, .post, "/ngsi-ld/v1/entities", linked(lab))
                    try await send(
                        site, .patch, "/ngsi-ld/v1/entities/urn:ngsi-ld:Lab:1/attrs", linked(["warmth": 21]))
                }
            }
            return received
        }
    }

    @Test func matchesAndShowsNamesAsTheSubscriberDoes() async throws {
        let received = try await Self.heard(["accept": "application/ld+json"])
        #expect(
            received.map(\.entity) == [
                ["id": "urn:ngsi-ld:Lab:1", "type": "Lab", "warmth": ["type": "Property", "value": 21]]
            ])
        #expect(received.first?.body["@context"]?[0] == Self.context)
    }

    @Test func namesAreWholeWhereNoLinkCanTellTheContext() async throws {
        let received = try await Self.heard([:])
        #expect(
            received.map(\.entity) == [
                [
                    "id": "urn:ngsi-ld:Lab:1", "type": "https://example.org/Lab",
                    "https://example.org/warmth": ["type": "Property", "value": 21],
                ]
            ])
        #expect(received.first?.headers["Link"].first?.contains("ngsi-ld-core-context") == true)
    }

    @Test func usesTheContextThatNotificationsAreToHave() async throws {
        let received = try await Self.heard([:]) { site in
            let hosted: JSON = ["@context": ["heat": "https://example.org/warmth", "Place": "https://example.org/Lab"]]
            let made = try await site.site.send(
                .post, "/ngsi-ld/v1/jsonldContexts", json: hosted, as: SubscribedSite.key)
            try #require(made.status == 201, "\(made.text)")
            return ["jsonldContext": .string("http://127.0.0.1" + (try #require(made["location"])))]
        }
        #expect(
            received.map(\.entity) == [
                ["id": "urn:ngsi-ld:Lab:1", "type": "Place", "heat": ["type": "Property", "value": 21]]
            ])
        #expect(received.first?.headers["Link"].first?.contains("jsonldContexts/") == true)
    }

    @Test func keepsItsContextThroughChanges() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                let answer = try await site.site.send(
                    .post, SubscribedSite.root,
                    json: Self.linked(
                        subscription(
                            to: receiver.uri(), entities: [["type": "Lab"]], notification: ["format": "simplified"])),
                    as: SubscribedSite.key, type: "application/ld+json")
                let path = try #require(answer["location"])
                let patched = try await site.site.send(
                    .patch, path, json: ["watchedAttributes": ["warmth"]], as: SubscribedSite.key)
                #expect(patched.status == 204, "\(patched.text)")
                let shown = try await site.site.get(path, as: SubscribedSite.key, accept: "application/ld+json").json
                #expect(shown["@context"] == Self.context)
                let received = try await site.heard(by: receiver) {
                    try await Self.send(site, .post, "/ngsi-ld/v1/entities", Self.linked(Self.lab))
                }
                #expect(received.count == 1)
                #expect(received.first?.entity["https://example.org/warmth"] == 20)
            }
        }
    }

    @Test func choosesLanguages() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                try await site.subscribe(subscription(to: receiver.uri(), ["lang": "en"]))
                let received = try await site.heard(by: receiver) {
                    let name: JSON = ["type": "LanguageProperty", "languageMap": ["ja": "部屋", "en": "room"]]
                    try await site.create("1", ["name": name])
                }
                #expect(
                    received.map { $0.entity["name"] } == [["type": "Property", "value": "room", "lang": "en"]])
            }
        }
    }
}
