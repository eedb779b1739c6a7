import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing

struct V2SubscriptionTests {
    private static func subscription(
        _ notification: JSON = ["http": ["url": "http://127.0.0.1:9/n"]], condition: JSON? = nil, with more: JSON = [:]
    ) -> JSON {
        var subject: JSON = ["entities": [["idPattern": ".*", "type": "Room"]]]
        if let condition { subject["condition"] = condition }
        var whole: JSON = ["subject": subject, "notification": notification]
        for member in more.objectValue?.members ?? [] { whole[member.name] = member.value }
        return whole
    }

    @Test(arguments: TestDatabase.kinds) func keepsShowsChangesAndEndsThem(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let made = try await client.send(
                .post, "/subscriptions",
                Self.subscription(
                    ["http": ["url": "http://127.0.0.1:9/n"], "attrs": ["temperature"], "maxFailsLimit": 3],
                    condition: ["attrs": ["temperature"], "expression": ["q": "temperature>40"]],
                    with: ["description": "One", "expires": "2030-01-01T00:00:00Z", "throttling": 5]))
            #expect(made.status == 201, "\(made.text)")
            let path = try #require(made["location"]).replacing("/v2", with: "", maxReplacements: 1)
            let id = try #require(path.split(separator: "/").last)
            #expect(id.count == 24)
            let one = try await client.get(path)
            #expect(
                one.json == [
                    "id": .string(String(id)), "description": "One", "expires": "2030-01-01T00:00:00.000Z",
                    "status": "active",
                    "subject": [
                        "entities": [["idPattern": ".*", "type": "Room"]],
                        "condition": [
                            "attrs": ["temperature"], "expression": ["q": "temperature>40"],
                            "notifyOnMetadataChange": true,
                        ],
                    ],
                    "notification": [
                        "attrs": ["temperature"], "onlyChangedAttrs": false, "attrsFormat": "normalized",
                        "http": ["url": "http://127.0.0.1:9/n"], "maxFailsLimit": 3, "covered": false,
                    ], "throttling": 5,
                ], "\(one.text)")
            #expect(try await client.send(.patch, path, ["status": "inactive", "throttling": 0]).status == 204)
            #expect(try await client.get(path).json["status"] == "inactive")
            #expect(try await client.get(path).json["throttling"] == nil)
            #expect(try await client.send(.patch, path, ["status": "oneshot"]).status == 204)
            #expect(try await client.get(path).json["status"] == "oneshot")
            expectError(try await client.send(.patch, path, ["status": "ok"]), 400, "BadRequest")
            _ = try await client.send(.patch, path, ["expires": "2020-01-01"])
            #expect(try await client.get(path).json["status"] == "expired")
            #expect(try await client.get("/subscriptions?options=count")["fiware-total-count"] == "1")
            #expect(try await client.at("/a").send(.post, "/subscriptions", Self.subscription()).status == 201)
            #expect(try await client.at("/a").get("/subscriptions").json.arrayValue?.count == 1)
            #expect(try await client.at("/b").get("/subscriptions").json == [])
            let other = V2Client(site: site, persona: .machine(of: "431001", may: writer))
            expectError(
                try await other.get(path), 404, "NotFound", "The requested subscription has not been found. Check id")
            #expect(try await other.get("/subscriptions").json == [])
            expectError(try await other.delete(path), 404, "NotFound")
            #expect(try await client.delete(path).status == 204)
            expectError(try await client.get(path), 404, "NotFound")
        }
    }

    @Test func refusesInOrionsWords() async throws {
        try await withContextSite(.sqlite) { site in
            let client = V2Client(site: site)
            let mqtt: JSON = ["url": "mqtt://127.0.0.1:1883", "topic": "t"]
            func mqttWith(_ name: String, _ value: JSON) -> JSON {
                var changed = mqtt
                changed[name] = value
                return ["mqtt": changed]
            }
            let custom: JSON = ["url": "http://127.0.0.1:9/${id}"]
            func customWith(_ name: String, _ value: JSON) -> JSON {
                var changed = custom
                changed[name] = value
                return ["httpCustom": changed]
            }
            let http: JSON = ["http": ["url": "http://127.0.0.1:9"]]
            func httpWith(_ name: String, _ value: JSON) -> JSON {
                var changed = http
                changed[name] = value
                return changed
            }
            let cases: [(JSON, String)] = [
                ([:], "empty payload"), (["description": "x"], "no subject for subscription specified"),
                (["subject": ["entities": []]], "subject entities is empty"),
                (["subject": ["entities": [["type": "T"]]]], "nor /id/ nor /idPattern/ present"),
                (["subject": ["entities": [["id": "E"]]]], "no notification for subscription specified"),
                (Self.subscription(http, condition: [:]), "condition is empty"),
                (Self.subscription(http, condition: ["expression": [:]]), "empty expression"),
                (Self.subscription(http, condition: ["expression": ["q": ""]]), "q is empty"),
                (
                    Self.subscription(http, condition: ["expression": ["georel": "near"]]),
                    "partial geo expression: geometry, georel and coords have to be provided together"
                ),
                (Self.subscription([:]), "http, httpCustom, mqtt or mqttCustom is missing"),
                (
                    Self.subscription(httpWith("mqtt", mqtt)),
                    "only one of http, httpCustom, mqtt or mqttCustom is allowed"
                ),
                (Self.subscription(["http": ["url": "127.0.0.1"]]), "Invalid URL parsing notification url"),
                (Self.subscription(["http": ["url": "mqtt://x"]]), "mqtt URL cannot be used in http notifications"),
                (
                    Self.subscription(httpWith("covered", true)),
                    "covered true cannot be used if notification attributes list is empty"
                ),
                (Self.subscription(httpWith("exceptAttrs", [])), "http notification has exceptAttrs is empty"),
                (Self.subscription(httpWith("maxFailsLimit", 0)), "maxFailsLimit must be greater than zero"),
                (
                    Self.subscription(httpWith("attrsFormat", "legacy")),
                    "invalid attrsFormat, accepted values: normalized, simplifiedNormalized, keyValues, simplifiedKeyValues, values"
                ),
                (Self.subscription(customWith("method", "FLY")), "unknown method httpCustom notification"),
                (Self.subscription(customWith("qs", [:])), "notification httpCustom qs is empty"),
                (Self.subscription(customWith("headers", [1])), "notification httpCustom headers is not an object"),
                (
                    Self.subscription(customWith("json", 1)),
                    "json fields in httpCustom or mqttCustom must be object or array"
                ),
                (Self.subscription(customWith("payload", "a<b")), "forbidden characters in custom /payload/"),
                (
                    Self.subscription(customWith("timeout", -1)),
                    "timeout field must be an integer between 0 and 1800000"
                ),
                (
                    Self.subscription(mqttWith("url", "mqtt://x/y")),
                    "path cannot be used in mqtt url, use topic instead"
                ),
                (
                    Self.subscription(mqttWith("url", "http://x")),
                    "http or https URL cannot be used in mqtt notifications"
                ),
                (Self.subscription(mqttWith("topic", "a/#")), "+ and # are not allowed in mqtt field /topic/"),
                (Self.subscription(mqttWith("qos", 3)), "mqtt qos field must be an integer in the 0 to 2 range"),
                (Self.subscription(mqttWith("user", "u")), "you must use user and passwd fields simultaneously"),
                (Self.subscription(http, with: ["expires": "soon"]), "expires has an invalid format"),
                (
                    Self.subscription(http, with: ["status": "x"]),
                    "status is not valid: it has to be either active or inactive"
                ),
            ]
            for (body, description) in cases {
                expectError(try await client.send(.post, "/subscriptions", body), 400, "BadRequest", description)
            }
            var secret = mqtt
            (secret["user"], secret["passwd"]) = ("u", "p")
            let made = try await client.send(.post, "/subscriptions", Self.subscription(["mqtt": secret]))
            #expect(made.status == 201, "\(made.text)")
            let shown = try await client.get("/subscriptions")
            #expect(shown.json[0]?["notification"]?["mqtt"]?["passwd"] == "xxxxx")
        }
    }
}
