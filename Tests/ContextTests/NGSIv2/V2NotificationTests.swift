import Context
import Entities
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Testing
import Web

struct V2NotificationTests {
    /// The last change of an entity, drawn for a subscription with this `notification`.
    private func draw(
        _ site: TestSite, _ notification: JSON, space: String = "area", id: String = "urn:ngsi-v2:E"
    ) async throws -> RenderedNotification {
        let actor = Actor(id: "key:x", kind: .key, tenant: .prefecture)
        let now = site.clock.now()
        let record = SubscriptionRecord(
            key: SubscriptionKey(space: space, id: "5aeb"), owner: .prefecture, maker: SubscriptionMaker(actor),
            dialect: .ngsiV2,
            source: ["subject": ["entities": [["idPattern": ".*"]]], "notification": notification], createdAt: now,
            modifiedAt: now)
        let changes = try await site.entityChanges()
        let change = try #require(changes.last { $0.space == space && $0.id == id })
        let entity = try await site.ports.entities.get(.test(), id: id, space: space)
        let notified = try NotifiedEntity(
            entity: try #require(entity ?? StoredEntity(deletedBy: change)), change: change,
            deletedAt: change.kind == .deleted ? change.time : nil)
        return try await V2NotificationRenderer().render(try V2Dialect.read(record), [notified], at: now)
    }

    private func json(_ notification: RenderedNotification) -> JSON { (try? JSON(parsing: notification.body)) ?? .null }

    private static func http(_ more: JSON = [:]) -> JSON {
        var whole: JSON = ["http": ["url": "http://r/n"]]
        for member in more.objectValue?.members ?? [] { whole[member.name] = member.value }
        return whole
    }

    private static func custom(_ more: JSON, attrs: JSON? = nil) -> JSON {
        var target: JSON = ["url": "http://r/e/${id}"]
        for member in more.objectValue?.members ?? [] { target[member.name] = member.value }
        var whole: JSON = ["httpCustom": target]
        if let attrs { whole["attrs"] = attrs }
        return whole
    }

    private func withChangedEntity(_ kind: TestDatabase.Kind, _ body: (TestSite, V2Client) async throws -> Void)
        async throws
    {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site).at("/s")
            try await client.make([
                "id": "E", "type": "T", "A": ["value": 10], "B": ["value": "b"],
                "count": ["value": ["count": 5, "sum": 100]], "speed": ["value": "10 m/s"],
            ])
            #expect(try await client.text("/entities/E/attrs/A/value", "14").status == 204)
            try await body(site, client)
        }
    }

    @Test(arguments: TestDatabase.kinds) func drawsEachFormat(kind: TestDatabase.Kind) async throws {
        try await withChangedEntity(kind) { site, client in
            let normalized = try await draw(site, Self.http(["attrs": ["A", "alterationType"]]))
            #expect(normalized.method == "POST")
            #expect(normalized.url == "http://r/n")
            #expect(
                json(normalized) == [
                    "subscriptionId": "5aeb",
                    "data": [
                        [
                            "id": "E", "type": "T", "A": ["type": "Number", "value": 14, "metadata": [:]],
                            "alterationType": ["type": "Text", "value": "entityChange", "metadata": [:]],
                        ]
                    ],
                ])
            let headers = Dictionary(normalized.headers.map { ($0.name, $0.value) }) { $1 }
            #expect(headers["Ngsiv2-AttrsFormat"] == "normalized")
            #expect(headers["Fiware-ServicePath"] == "/s")
            #expect(headers["Content-Type"] == "application/json")
            #expect(headers["Fiware-Correlator"]?.hasSuffix("; cbnotif=1") == true)
            let cases: [(JSON, JSON)] = [
                (["attrs": ["B", "A"], "attrsFormat": "values"], ["subscriptionId": "5aeb", "data": [["b", 14]]]),
                (["attrs": ["A"], "attrsFormat": "simplifiedKeyValues"], ["id": "E", "type": "T", "A": 14]),
                (
                    ["exceptAttrs": ["B", "speed"], "attrsFormat": "keyValues"],
                    [
                        "subscriptionId": "5aeb",
                        "data": [["id": "E", "type": "T", "A": 14, "count": ["count": 5, "sum": 100]]],
                    ]
                ),
                (["onlyChangedAttrs": true, "attrsFormat": "simplifiedKeyValues"], ["id": "E", "type": "T", "A": 14]),
                (
                    ["attrs": ["B", "N"], "covered": true, "attrsFormat": "simplifiedKeyValues"],
                    ["id": "E", "type": "T", "B": "b", "N": .null]
                ),
                (
                    [
                        "attrs": ["A"], "metadata": ["previousValue", "actionType"],
                        "attrsFormat": "simplifiedNormalized",
                    ],
                    [
                        "id": "E", "type": "T",
                        "A": [
                            "type": "Number", "value": 14,
                            "metadata": [
                                "previousValue": ["type": "Number", "value": 10],
                                "actionType": ["type": "Text", "value": "update"],
                            ],
                        ],
                    ]
                ),
            ]
            for (more, expected) in cases {
                #expect(json(try await draw(site, Self.http(more))) == expected, "\(more)")
            }
            _ = try await client.delete("/entities/E")
            let deleted = try await draw(site, Self.http(["attrs": ["alterationType"], "attrsFormat": "values"]))
            #expect(json(deleted)["data"] == [["entityDelete"]])
        }
    }

    @Test(arguments: TestDatabase.kinds) func drawsCustomPayloads(kind: TestDatabase.Kind) async throws {
        try await withChangedEntity(kind) { site, _ in
            let text = try await draw(
                site,
                Self.custom([
                    "method": "PUT", "qs": ["t": "${A}", "type": "${type}"],
                    "headers": ["Authorization": "Basic%20ABC%3D%3D", "Accept": "", "X-${B}": "${N}"],
                    "payload": "the %22A%22 is ${A}, ${N}",
                ]))
            #expect(text.method == "PUT")
            #expect(text.url == "http://r/e/E?t=14&type=T")
            #expect(String(decoding: text.body, as: UTF8.self) == "the \"A\" is 14, null")
            let headers = Dictionary(text.headers.map { ($0.name, $0.value) }) { $1 }
            #expect(headers["Authorization"] == "Basic ABC==")
            #expect(headers["Accept"] == nil)
            #expect(headers["X-b"] == "null")
            #expect(headers["Content-Type"] == "text/plain")
            #expect(headers["Ngsiv2-AttrsFormat"] == "custom")
            let object = try await draw(
                site,
                Self.custom([
                    "json": [
                        "t": "${A}", "d": "${A-metadata.A.previousValue}", "s": "is ${count}", "v": [4, "${service}"],
                    ]
                ]))
            #expect(json(object) == ["t": 14, "d": 4, "s": "is {\"count\":5,\"sum\":100}", "v": [4, ""]])
            let patched = try await draw(
                site,
                Self.custom(
                    [
                        "ngsi": [
                            "id": "prefix:${id}",
                            "speed": ["value": "${(speed|split(' '))[0]|parseInt}", "type": "Calculated"],
                            "X": [
                                "value": "${16|sqrt}", "metadata": ["evalPriority": ["value": 1, "type": "Number"]],
                            ], "Y": ["value": "${X/100}"],
                        ]
                    ], attrs: ["speed", "Y", "B"]))
            #expect(
                json(patched)["data"]?[0] == [
                    "id": "prefix:E", "type": "T", "speed": ["type": "Calculated", "value": 10, "metadata": [:]],
                    "Y": ["type": "Number", "value": .number("0.04"), "metadata": [:]],
                    "B": ["type": "Text", "value": "b", "metadata": [:]],
                ], "\(patched.body)")
            let empty = try await draw(site, Self.custom(["payload": .null]))
            #expect(empty.body == [])
            let mqtt = try await draw(
                site,
                [
                    "mqttCustom": [
                        "url": "mqtt://h:1883", "topic": "t/${id}", "user": "u", "passwd": "p:w", "payload": "${A}",
                    ]
                ])
            #expect(mqtt.url == "mqtt://u:p%3Aw@h:1883/t/E")
            #expect(mqtt.body == Array("14".utf8))
        }
    }
}

extension TestSite {
    /// All changes of entities in the log, in order.
    func entityChanges() async throws -> [EntityChangeView] {
        try await ports.entities.database.query(.test()) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM change_log ORDER BY seq").compactMap { row in
                EntityChangeView(
                    ChangeRecord(
                        sequence: row.int64("seq"), time: row.instant("time"), tenant: TenantID(row.text("tenant")),
                        actor: row.text("actor"), requestID: row.text("request_id"),
                        change: Change(
                            EventType(row.text("type")), space: row.text("space"), key: row.text("key"),
                            before: row.optionalBytes("before"), after: row.optionalBytes("after"))))
            }
        }
    }
}
