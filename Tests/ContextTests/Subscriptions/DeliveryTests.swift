import HTTPTypes
import HigoTesting
import JSON
import NIOHTTP1
import Storage
import Testing

struct DeliveryTests {
    @Test(arguments: TestDatabase.kinds) func tellsOfEachOfTwoQuickUpdates(kind: TestDatabase.Kind) async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(kind) { site in
                try await site.withNode {
                    try await site.create("before", ["temperature": 1])
                    let path = try await site.subscribe(subscription(to: receiver.uri("/a/b?c=d")))
                    try await site.create("1")
                    try await site.update("1", ["temperature": 21])
                    try await site.update("1", ["temperature": 22])
                    let received = await receiver.wait(for: 3)
                    #expect(received.map { $0.entity["temperature"]?["value"]?.intValue } == [20, 21, 22])
                    #expect(received.allSatisfy { $0.method == "POST" && $0.path == "/a/b?c=d" })
                    let first = try #require(received.first)
                    #expect(first.body["type"] == "Notification")
                    #expect(first.body["id"]?.stringValue?.hasPrefix("urn:ngsi-ld:Notification:") == true)
                    #expect(path.hasSuffix(first.body["subscriptionId"]?.stringValue ?? "-"))
                    #expect(first.body["notifiedAt"] == "2026-04-01T00:00:00.000Z")
                    #expect(
                        first.entity == [
                            "id": "urn:ngsi-ld:Room:1", "type": "Room",
                            "temperature": ["type": "Property", "value": 20],
                        ])
                    #expect(first.headers["Content-Type"] == ["application/json"])
                    #expect(first.headers["Link"].first?.contains("ngsi-ld-core-context") == true)
                    let shown = try await site.shown(path) { $0["notification"]?["timesSent"] == 3 }
                    #expect(shown["notification"]?["timesSent"] == 3)
                    #expect(shown["notification"]?["timesFailed"] == 0)
                    #expect(shown["notification"]?["status"] == "ok")
                    #expect(shown["notification"]?["lastSuccess"] == "2026-04-01T00:00:00.000Z")
                }
            }
        }
    }

    @Test func goesOnWhereAnEarlierNodeStopped() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite { site in
                try await site.subscribe(subscription(to: receiver.uri()))
                try await site.withNode {
                    try await site.create("1")
                    _ = await receiver.wait(for: 1)
                }
                try await site.update("1", ["temperature": 21])
                try await site.update("1", ["temperature": 22])
                try await site.remove("1")
                try await site.create("1", ["temperature": 23])
                try await site.withNode("node-2") { _ = await receiver.wait(for: 4) }
                let values = receiver.received.map { $0.entity["temperature"]?["value"]?.intValue }
                #expect(values == [20, 21, 22, 23])
            }
        }
    }

    @Test func sendsAgainUntilAFailingReceiverIsBack() async throws {
        try await withReceiver({ _ in .status(503) }) { receiver in
            try await withSubscribedSite { site in
                let path = try await site.subscribe(subscription(to: receiver.uri()))
                try await site.withNode {
                    try await site.create("1")
                    _ = await receiver.wait(for: 2)
                    receiver.react { _ in .status(204) }
                    try await site.update("1", ["temperature": 21])
                    let shown = try await site.shown(path) {
                        $0["notification"]?["status"] == "ok" && $0["notification"]?["timesSent"] == 2
                    }
                    #expect(shown["notification"]?["timesSent"] == 2)
                    #expect((shown["notification"]?["timesFailed"]?.intValue ?? 0) >= 2)
                    #expect(receiver.received.last?.entity["temperature"]?["value"] == 21)
                }
            }
        }
    }

    @Test func setsAsideWhatFailsTooOftenAndSendsItAgainOnRequest() async throws {
        try await withReceiver({ _ in .status(500) }) { receiver in
            try await withSubscribedSite { site in
                let path = try await site.subscribe(subscription(to: receiver.uri()))
                try await site.withNode {
                    try await site.create("1")
                    var parked = try await site.site.get(path + "/parked", as: SubscribedSite.key).json
                    for _ in 0..<1_000 where parked == [] {
                        try await Task.sleep(for: .milliseconds(10))
                        parked = try await site.site.get(path + "/parked", as: SubscribedSite.key).json
                    }
                    #expect(parked[0]?["tries"] == 6)
                    #expect(parked[0]?["entities"] == ["urn:ngsi-ld:Room:1"])
                    #expect(parked[0]?["error"] == "The receiver answered 500.")
                    let shown = try await site.shown(path) { $0["notification"]?["timesFailed"] == 6 }
                    #expect(shown["notification"]?["status"] == "failed")
                    receiver.react { _ in .status(200) }
                    let before = receiver.received.count
                    let replayed = try await site.site.send(.post, path + "/parked/replay", as: SubscribedSite.key)
                    #expect(replayed.status == 202)
                    try await site.runJobs()
                    #expect(receiver.received.count == before + 1)
                    #expect(receiver.received.last?.entity["id"] == "urn:ngsi-ld:Room:1")
                    #expect(try await site.site.get(path + "/parked", as: SubscribedSite.key).json == [])
                }
            }
        }
    }

    @Test func aReceiverThatNeverAnswersDelaysNoOther() async throws {
        try await withReceiver({ _ in .never }) { silent in
            try await withReceiver { receiver in
                try await withSubscribedSite { site in
                    try await site.subscribe(subscription(to: silent.uri()))
                    try await site.subscribe(subscription(to: receiver.uri()))
                    try await site.withNode {
                        for number in 1...50 { try await site.create("\(number)") }
                        #expect(await receiver.wait(for: 50).count == 50)
                    }
                }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func anotherNodeTakesOver(kind: TestDatabase.Kind) async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(kind) { site in
                try await site.withNode("a") {
                    try await site.withNode("b") {
                        try await site.subscribe(subscription(to: receiver.uri()))
                        try await site.create("1")
                        #expect(await receiver.wait(for: 1).count == 1)
                        try await site.update("1", ["temperature": 2])
                        #expect(await receiver.wait(for: 2).count == 2)
                    }
                    site.site.clock.advance(bySeconds: 20)
                    try await site.update("1", ["temperature": 3])
                    #expect(await receiver.wait(for: 3).count == 3)
                }
            }
        }
    }
}
