import HTTPTypes
import HigoTesting
import JSON
import NIOHTTP1
import Testing

/// Subscriptions of NGSIv2, to the receiver.
struct V2DeliveryTests {
    private static func v2(
        _ notification: JSON, condition: JSON? = nil, entities: JSON = [["idPattern": ".*", "type": "Room"]],
        _ more: JSON = [:]
    ) -> JSON {
        var subject: JSON = ["entities": entities]
        if let condition { subject["condition"] = condition }
        var whole: JSON = ["subject": subject, "notification": notification]
        for member in more.objectValue?.members ?? [] { whole[member.name] = member.value }
        return whole
    }

    /// What a receiver hears while `changes` go on; `notification` gets the receiver's address.
    private static func heard(
        _ make: (String) -> JSON, at path: String = "/n", _ changes: (V2Client, SubscribedSite) async throws -> Void
    ) async throws -> [Receiver.Received] {
        try await withReceiver { receiver in
            var received: [Receiver.Received] = []
            try await withSubscribedSite(settings: .inOrder) { site in
                let client = V2Client(site: site.site)
                let made = try await client.send(.post, "/subscriptions", make(receiver.uri(path)))
                try #require(made.status == 201, "\(made.text)")
                received = try await site.heard(by: receiver, at: path) { try await changes(client, site) }
            }
            return received
        }
    }

    private static func put(_ client: V2Client, _ attribute: String, _ json: JSON) async throws {
        let answer = try await client.send(.put, "/entities/R/attrs/\(attribute)", json)
        try #require(answer.status == 204, "\(answer.text)")
    }

    private static let room: JSON = ["id": "R", "type": "Room", "t": ["value": 20], "h": ["value": 5]]

    @Test func comesAsOrionSendsIt() async throws {
        let received = try await Self.heard({ Self.v2(["http": ["url": .string($0)], "attrs": ["t"]]) }) { client, _ in
            try await client.at("/a").make(Self.room)
        }
        let one = try #require(received.first)
        #expect(received.count == 1)
        #expect(
            one.body["data"] == [
                ["id": "R", "type": "Room", "t": ["type": "Number", "value": 20, "metadata": [:]]]
            ])
        #expect(one.body["subscriptionId"]?.stringValue?.count == 24)
        #expect(one.headers["Fiware-ServicePath"] == ["/a"])
        #expect(one.headers["Ngsiv2-AttrsFormat"] == ["normalized"])
        #expect(one.headers["Fiware-Correlator"].count == 1)
    }

    @Test func fillsCustomPayloads() async throws {
        let make: (String) -> JSON = { uri in
            let custom: JSON = [
                "url": .string(uri + "/${id}"), "method": "PUT", "headers": ["X-Room": "${id}"], "qs": ["t": "${t}"],
                "json": ["warm": "${t > 20}", "t": "${t}"],
            ]
            return Self.v2(["httpCustom": custom])
        }
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                let client = V2Client(site: site.site)
                #expect(try await client.send(.post, "/subscriptions", make(receiver.uri())).status == 201)
                try await site.withNode {
                    try await client.make(Self.room)
                    let one = try #require(await receiver.wait(for: 1).first)
                    #expect(one.method == "PUT")
                    #expect(one.path == "/n/R?t=20")
                    #expect(one.headers["X-Room"] == ["R"])
                    #expect(one.body == ["warm": false, "t": 20])
                }
            }
        }
    }

    @Test func tellsOfTheAlterationsAskedFor() async throws {
        for (types, wanted): (JSON, [JSON]) in [
            (["entityCreate"], ["entityCreate"]), (["entityChange"], ["entityChange"]),
            (["entityDelete"], ["entityDelete"]),
            (["entityCreate", "entityDelete"], ["entityCreate", "entityDelete"]),
        ] {
            let received = try await Self.heard({ uri in
                Self.v2(
                    ["http": ["url": .string(uri)], "attrs": ["alterationType"], "attrsFormat": "keyValues"],
                    condition: ["alterationTypes": types])
            }) { client, _ in
                try await client.make(Self.room)
                try await Self.put(client, "t", ["value": 21])
                #expect(try await client.delete("/entities/R").status == 204)
            }
            #expect(received.map { $0.entity["alterationType"] } == wanted, "\(types)")
        }
    }

    @Test func bringsChangedAttributesAloneOrAllThatAreNamed() async throws {
        let changed = try await Self.heard({ uri in
            Self.v2(["http": ["url": .string(uri)], "onlyChangedAttrs": true, "attrsFormat": "simplifiedKeyValues"])
        }) { client, _ in
            try await client.make(Self.room)
            try await Self.put(client, "t", ["value": 21])
        }
        #expect(
            changed.map(\.body) == [
                ["id": "R", "type": "Room", "t": 20, "h": 5], ["id": "R", "type": "Room", "t": 21],
            ])
        let covered = try await Self.heard({ uri in
            Self.v2([
                "http": ["url": .string(uri)], "attrs": ["t", "none"], "covered": true,
                "attrsFormat": "simplifiedKeyValues",
            ])
        }) { client, _ in try await client.make(Self.room) }
        #expect(covered.map(\.body) == [["id": "R", "type": "Room", "t": 20, "none": .null]])
    }

    @Test func passesOverMetadataWhereTold() async throws {
        for (notifies, values): (Bool, [JSON]) in [(true, [20, 20, 21]), (false, [20, 21])] {
            let received = try await Self.heard({ uri in
                Self.v2(
                    ["http": ["url": .string(uri)], "attrsFormat": "simplifiedKeyValues"],
                    condition: ["attrs": ["t"], "notifyOnMetadataChange": .bool(notifies)])
            }) { client, _ in
                try await client.make(Self.room)
                try await Self.put(client, "t", ["value": 20, "metadata": ["a": ["value": 1]]])
                try await Self.put(client, "t", ["value": 21, "metadata": ["a": ["value": 1]]])
            }
            #expect(received.map { $0.body["t"] } == values, "\(notifies)")
        }
    }

    @Test func endsAfterItsOneNotification() async throws {
        let received = try await Self.heard({ uri in
            Self.v2(["http": ["url": .string(uri)], "attrsFormat": "simplifiedKeyValues"], ["status": "oneshot"])
        }) { client, _ in
            try await client.make(Self.room)
            try await Self.put(client, "t", ["value": 21])
            for _ in 0..<500 {
                if try await client.get("/subscriptions").json[0]?["status"] == "inactive" { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(try await client.get("/subscriptions").json[0]?["status"] == "inactive")
        }
        #expect(received.map { $0.body["t"] } == [20])
    }

    @Test func isSwitchedOffAfterTooManyFailures() async throws {
        try await withReceiver({ _ in .status(503) }) { receiver in
            try await withSubscribedSite { site in
                let client = V2Client(site: site.site)
                let body = Self.v2(["http": ["url": .string(receiver.uri())], "maxFailsLimit": 3])
                #expect(try await client.send(.post, "/subscriptions", body).status == 201)
                try await site.withNode {
                    try await client.make(Self.room)
                    for _ in 0..<1_000 {
                        if try await client.get("/subscriptions").json[0]?["status"] == "inactive" { break }
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
                let shown = try await client.get("/subscriptions").json[0]
                #expect(shown?["status"] == "inactive")
                #expect(shown?["notification"]?["failsCounter"] == 3)
                #expect(receiver.received.count == 3)
            }
        }
    }

    @Test func followsServicePathsAndOtherProtocols() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                let client = V2Client(site: site.site)
                let body = Self.v2(["http": ["url": .string(receiver.uri())], "attrsFormat": "simplifiedKeyValues"])
                #expect(try await client.at("/a/#").send(.post, "/subscriptions", body).status == 201)
                let received = try await site.heard(by: receiver) {
                    try await client.at("/b").make(["id": "B", "type": "Room"])
                    try await client.at("/a").make(["id": "A", "type": "Room"])
                    try await client.at("/a/c").make(["id": "C", "type": "Room", "t": ["value": 1]])
                    // What NGSI-LD writes is told as well.
                    let answer = try await site.site.send(
                        .patch, "/ngsi-ld/v1/entities/urn:ngsi-v2:C/attrs", json: ["t": 2], as: SubscribedSite.key)
                    #expect(answer.status == 204, "\(answer.text)")
                }
                #expect(
                    received.map(\.body) == [
                        ["id": "A", "type": "Room"], ["id": "C", "type": "Room", "t": 1],
                        ["id": "C", "type": "Room", "t": 2],
                    ])
            }
        }
    }
}
