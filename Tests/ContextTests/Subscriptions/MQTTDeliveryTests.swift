import Context
import HTTPTypes
import HigoTesting
import JSON
import Testing

/// Notifications to a real broker.
@Suite(
    .serialized,
    .enabled(if: MQTTBrokerProcess.isInstalled, "mosquitto is missing: run scripts/setup.sh mqtt"))
struct MQTTDeliveryTests {
    @Test(arguments: ["mqtt3.1.1", "mqtt5.0"], ["0", "1", "2"]) func publishes(version: String, qos: String)
        async throws
    {
        let broker = try await MQTTBrokerProcess()
        defer { broker.stop() }
        let listener = try await MQTTListener(broker)
        defer { listener.stop() }
        try await withSubscribedSite { site in
            let path = try await site.subscribe(
                subscription(
                    to: "mqtt://127.0.0.1:\(broker.port)/rooms/warm",
                    endpoint: [
                        "notifierInfo": [
                            ["key": "MQTT-Version", "value": .string(version)],
                            ["key": "MQTT-QoS", "value": .string(qos)],
                        ]
                    ]))
            try await site.withNode {
                try await site.create("1")
                try await site.update("1", ["temperature": 21])
                let heard = await listener.wait(for: 2)
                #expect(heard.map(\.topic) == ["rooms/warm", "rooms/warm"])
                #expect(heard.map(\.qos) == [qos, qos])
                let messages = try heard.map { try JSON(parsing: Array($0.text.utf8)) }
                #expect(
                    messages.map { $0["body"]?["data"]?[0]?["temperature"]?["value"] } == [20, 21])
                #expect(messages.first?["metadata"]?["Content-Type"] == "application/json")
                #expect(messages.first?["metadata"]?["Link"]?.stringValue?.contains("ngsi-ld-core-context") == true)
                let shown = try await site.shown(path) { $0["notification"]?["timesSent"] == 2 }
                #expect(shown["notification"]?["status"] == "ok")
            }
        }
    }

    @Test func publishesCustomMessagesOfNGSIv2() async throws {
        let broker = try await MQTTBrokerProcess(password: "s3cret")
        defer { broker.stop() }
        let listener = try await MQTTListener(broker, password: "s3cret", version: "mqttv311")
        defer { listener.stop() }
        try await withSubscribedSite { site in
            let client = V2Client(site: site.site)
            for password in ["wrong", "s3cret"] {
                let made = try await client.send(
                    .post, "/subscriptions",
                    [
                        "subject": ["entities": [["idPattern": ".*", "type": "Room"]]],
                        "notification": [
                            "mqttCustom": [
                                "url": .string("mqtt://127.0.0.1:\(broker.port)"), "topic": "rooms/${id}", "qos": 1,
                                "user": "higo", "passwd": .string(password), "payload": "${t}",
                            ]
                        ],
                    ])
                #expect(made.status == 201, "\(made.text)")
            }
            try await site.withNode {
                try await client.make(["id": "R", "type": "Room", "t": ["value": 20]])
                #expect(await listener.wait(for: 1) == [.init(topic: "rooms/R", qos: "1", text: "20")])
                var failed: JSON = []
                for _ in 0..<1_000 where failed == [] {
                    let all = try await client.get("/subscriptions").json.arrayValue ?? []
                    failed = .array(all.filter { $0["notification"]?["lastFailure"] != nil })
                    try await Task.sleep(for: .milliseconds(10))
                }
                let reason = failed[0]?["notification"]?["lastFailureReason"]?.stringValue
                #expect(reason?.contains("uthori") == true, "\(failed)")
            }
        }
    }

    @Test func waitsForABrokerThatIsGone() async throws {
        let first = try await MQTTBrokerProcess()
        try await withSubscribedSite { site in
            try await site.subscribe(
                subscription(
                    to: "mqtt://127.0.0.1:\(first.port)/rooms",
                    endpoint: ["notifierInfo": [["key": "MQTT-QoS", "value": "1"]]]))
            try await first.end()
            var patient = RetryPolicy.quick
            patient.tries = 1_000
            try await site.withNode(retry: patient) {
                try await site.create("1")
                try await Task.sleep(for: .milliseconds(300))
                let second = try await MQTTBrokerProcess(port: first.port)
                defer { second.stop() }
                let listener = try await MQTTListener(second)
                defer { listener.stop() }
                try await site.update("1", ["temperature": 21])
                let heard = try await listener.wait(for: 1).map { try JSON(parsing: Array($0.text.utf8)) }
                #expect(heard.last?["body"]?["data"]?[0]?["id"] == "urn:ngsi-ld:Room:1")
            }
        }
    }
}
