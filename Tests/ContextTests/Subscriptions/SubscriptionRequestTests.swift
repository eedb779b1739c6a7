import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Testing

/// `/ngsi-ld/v1/subscriptions`.
struct SubscriptionRequestTests {
    private static let root = SubscribedSite.root
    private static let key = SubscribedSite.key
    private static let uri = "http://127.0.0.1:9/n"

    @Test(arguments: TestDatabase.kinds) func keepsShowsChangesAndEndsThem(kind: TestDatabase.Kind) async throws {
        try await withSubscribedSite(kind) { site in
            let given = subscription(
                to: Self.uri, notification: ["format": "concise", "attributes": ["temperature"]],
                [
                    "id": "urn:ngsi-ld:Subscription:1", "description": "Rooms", "q": "temperature>20",
                    "throttling": 5, "expiresAt": "2030-01-01T00:00:00Z",
                ])
            let path = try await site.subscribe(given)
            #expect(path == Self.root + "/urn:ngsi-ld:Subscription:1")
            var shown = given
            (shown["isActive"], shown["status"]) = (true, "active")
            var notification = try #require(shown["notification"])
            (notification["status"], notification["timesSent"], notification["timesFailed"]) = ("ok", 0, 0)
            shown["notification"] = notification
            let one = try await site.site.get(path, as: Self.key)
            #expect(one.json == shown)
            #expect(one["link"]?.contains("ngsi-ld-core-context") == true)
            #expect(try await site.site.get(Self.root, as: Self.key).json == [shown])
            let again = try await site.site.send(.post, Self.root, json: given, as: Self.key)
            #expect(again.status == 409)
            #expect(again.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/AlreadyExists")
            let change: JSON = ["description": .null, "q": "temperature>30", "isActive": false]
            #expect(try await site.site.send(.patch, path, json: change, as: Self.key).status == 204)
            let changed = try await site.site.get(path + "?options=sysAttrs", as: Self.key).json
            #expect(changed["description"] == nil)
            #expect(changed["q"] == "temperature>30")
            #expect(changed["status"] == "paused")
            #expect(changed["createdAt"] == "2026-04-01T00:00:00.000Z")
            #expect(try await site.site.send(.delete, path, as: Self.key).status == 204)
            for method in [HTTPRequest.Method.get, .delete] {
                let gone = try await site.site.send(method, path, as: Self.key)
                #expect(gone.status == 404)
                #expect(gone.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound")
            }
        }
    }

    @Test func refusesWhatItCannotUseAndSaysWhere() async throws {
        try await withSubscribedSite { site in
            let cases: [(JSON, String)] = [
                (["type": "Room"], "/type"), (["entities": []], "/entities"),
                (["entities": [["id": "x:1"]]], "/entities/0/type"),
                (["entities": [["type": "Room", "id": "1"]]], "/entities/0/id"),
                (["entities": [["type": "Room", "idPattern": "("]]], "/entities/0/idPattern"),
                (["entities": [["type": "(Room"]]], "/entities/0/type"), (["q": "a=="], "/q"),
                (["scopeQ": "//"], "/scopeQ"),
                (["geoQ": ["georel": "near"]], "/geoQ"), (["throttling": -1], "/throttling"),
                (["timeInterval": 5, "throttling": 5], "/timeInterval"), (["expiresAt": "soon"], "/expiresAt"),
                (["expiresAt": "2020-01-01T00:00:00Z"], "/expiresAt"), (["isActive": "yes"], "/isActive"),
                (["notificationTrigger": ["never"]], "/notificationTrigger"), (["lang": "日本"], "/lang"),
                (["notification": [:]], "/notification/endpoint"),
                (["notification": ["endpoint": [:]]], "/notification/endpoint/uri"),
                (["notification": ["endpoint": ["uri": "ftp://x/y"]]], "/notification/endpoint/uri"),
                (["notification": ["endpoint": ["uri": "mqtt://127.0.0.1/"]]], "/notification/endpoint/uri"),
                (["notification": ["endpoint": ["uri": "mqtt://127.0.0.1/a/#"]]], "/notification/endpoint/uri"),
                (["notification": ["endpoint": ["uri": "http://10.0.0.1/n"]]], "/notification/endpoint/uri"),
                (["notification": ["endpoint": ["uri": "http://[::ffff:10.0.0.1]/n"]]], "/notification/endpoint/uri"),
                (["notification": ["format": "xml", "endpoint": ["uri": .string(Self.uri)]]], "/notification/format"),
                (["notification": ["join": "inline", "endpoint": ["uri": .string(Self.uri)]]], "/notification/join"),
                (
                    [
                        "notification": [
                            "endpoint": [
                                "uri": .string(Self.uri), "receiverInfo": [["key": "X-A", "value": "a\r\nX-B: b"]],
                            ]
                        ]
                    ], "/notification/endpoint/receiverInfo"
                ),
            ]
            for (more, pointer) in cases {
                let answer = try await site.site.send(
                    .post, Self.root, json: subscription(to: Self.uri, more), as: Self.key)
                #expect(answer.status == 400, "\(more)")
                #expect(answer.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/BadRequestData")
                #expect(answer.text.contains("\"\(pointer)"), "\(more) \(answer.text)")
            }
            #expect(try await site.site.get(Self.root, as: Self.key).json == [])
        }
    }

    @Test func belongToTheirBodyAndItsSpace() async throws {
        try await withSubscribedSite { site in
            let path = try await site.subscribe(subscription(to: Self.uri))
            let other = Persona.machine(of: "431001", may: writer)
            let reader = Persona.machine(may: ["context.entity.write", "context.entity.read"])
            let requests: [(HTTPRequest.Method, String)] = [
                (.get, path), (.patch, path), (.get, path + "/parked"), (.post, path + "/parked/replay"),
                (.delete, path + "/parked"), (.delete, path),
            ]
            for (method, target) in requests {
                let body: JSON = ["description": "mine"]
                func status(_ persona: Persona, _ headers: HTTPFields = [:]) async throws -> Int {
                    method == .patch
                        ? try await site.site.send(method, target, json: body, as: persona, headers: headers).status
                        : try await site.site.send(method, target, as: persona, headers: headers).status
                }
                #expect(try await status(other) == 404, "\(method) \(target)")
                #expect(try await status(reader) == 403, "\(method) \(target)")
                #expect(try await status(.anonymous) == 401, "\(method) \(target)")
                let name = try #require(HTTPField.Name("NGSILD-Tenant"))
                #expect(try await status(Self.key, [name: "elsewhere"]) == 404, "\(method) \(target)")
            }
            for target in [Self.root, "/v2/subscriptions"] {
                #expect(try await site.site.get(target, as: reader).status == 403)
                #expect(try await site.site.get(target).status == 401)
                #expect(try await site.site.get(target, as: other).json == [])
                #expect(try await site.site.send(.post, target, json: [:], as: reader).status == 403)
            }
            #expect(try await site.site.get("/v2/subscriptions", as: Self.key).json == [])
            let id = path.split(separator: "/").last.map(String.init) ?? ""
            #expect(try await site.site.get("/v2/subscriptions/" + id, as: Self.key).status == 404)
        }
    }

    @Test func pagesNeitherDropNorRepeat() async throws {
        try await withSubscribedSite { site in
            var made: [String] = []
            for _ in 0..<25 { made.append(try await site.subscribe(subscription(to: Self.uri))) }
            var target: String? = Self.root + "?limit=4&count=true"
            var seen: [String] = []
            while let page = target {
                let answer = try await site.site.get(page, as: Self.key)
                #expect(answer["NGSILD-Results-Count"] == "25")
                seen += answer.json.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                let links = answer["link"]?.components(separatedBy: ", ") ?? []
                target = links.first { $0.contains("rel=\"next\"") }.map { link in
                    String(link.dropFirst().prefix { $0 != ">" })
                }
                if let next = target, let start = next.range(of: "/ngsi-ld/") {
                    target = String(next[start.lowerBound...])
                }
            }
            #expect(Set(seen).count == 25)
            #expect(seen.count == 25)
            #expect(Set(made.map { String($0.dropFirst(Self.root.count + 1)) }) == Set(seen))
        }
    }

    /// The policy holds for what is sent too, whatever it looked like when it was made.
    @Test func neverSendsToPrivateAddresses() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: NotificationSettings()) { site in
                let client = V2Client(site: site.site)
                let made = try await client.send(
                    .post, "/subscriptions",
                    [
                        "subject": ["entities": [["idPattern": ".*"]]],
                        "notification": ["httpCustom": ["url": .string(receiver.uri("/${id}"))]],
                    ])
                try #require(made.status == 201, "\(made.text)")
                let path = try #require(made["location"]).replacing("/v2", with: "", maxReplacements: 1)
                try await site.withNode {
                    try await site.create("1")
                    for _ in 0..<500 {
                        if try await client.get(path).json["notification"]?["lastFailure"] != nil { break }
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    let reason = try await client.get(path).json["notification"]?["lastFailureReason"]?.stringValue
                    #expect(reason?.contains("is not a public address") == true)
                }
                #expect(receiver.received.isEmpty)
            }
        }
    }
}
