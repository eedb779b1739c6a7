import HTTPTypes
import HigoTesting
import JSON
import NIOHTTP1
import Storage
import Testing

/// Notifications and the clock.
struct NotificationTimingTests {
    private static func temperatures(_ received: [Receiver.Received]) -> [Int?] {
        received.map { $0.entity["temperature"]?["value"]?.intValue }
    }

    @Test func throttledChangesGoOutTogetherAsTheyAreThen() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite { site in
                try await site.subscribe(subscription(to: receiver.uri(), ["throttling": 60]))
                try await site.withNode {
                    try await site.create("1")
                    _ = await receiver.wait(for: 1)
                    for value in 21...25 { try await site.update("1", ["temperature": .int(Int64(value))]) }
                    try await site.create("2", ["temperature": 9])
                    try await Task.sleep(for: .milliseconds(100))
                    #expect(receiver.received.count == 1)
                    site.site.clock.advance(bySeconds: 61)
                    let received = await receiver.wait(for: 2)
                    #expect(Self.temperatures(received) == [20, 25])
                    #expect(received.last?.data.map { $0["temperature"]?["value"] } == [25, 9])
                }
            }
        }
    }

    @Test func whatIsHeldOutlivesItsNode() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite { site in
                try await site.subscribe(subscription(to: receiver.uri(), ["throttling": 60]))
                try await site.withNode {
                    try await site.create("1")
                    _ = await receiver.wait(for: 1)
                    try await site.update("1", ["temperature": 21])
                    try await site.update("1", ["temperature": 22])
                    try await Task.sleep(for: .milliseconds(300))
                }
                site.site.clock.advance(bySeconds: 61)
                try await site.withNode("node-2") {
                    #expect(Self.temperatures(await receiver.wait(for: 2)) == [20, 22])
                }
            }
        }
    }

    @Test func tellsInIntervalsWhetherOrNotSomethingChanged() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite { site in
                try await site.create("1")
                try await site.create("2")
                let path = try await site.subscribe(subscription(to: receiver.uri(), ["timeInterval": 30]))
                try await site.withNode {
                    for count in 1...2 {
                        site.site.clock.advance(bySeconds: 31)
                        let received = await receiver.wait(for: count)
                        #expect(received.count == count)
                        #expect(
                            received.last?.data.map { $0["id"] } == ["urn:ngsi-ld:Room:1", "urn:ngsi-ld:Room:2"])
                        _ = try await site.shown(path) { $0["notification"]?["timesSent"]?.intValue == count }
                    }
                }
            }
        }
    }

    @Test func saysNothingOnceItHasExpired() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                let path = try await site.subscribe(
                    subscription(to: receiver.uri(), ["expiresAt": "2026-04-01T00:00:10Z"]))
                let received = try await site.heard(by: receiver) {
                    try await site.create("1")
                    _ = await receiver.wait(for: 1)
                    site.site.clock.advance(bySeconds: 11)
                    try await site.update("1", ["temperature": 1])
                }
                #expect(Self.temperatures(received) == [20])
                #expect(try await site.shown(path)["status"] == "expired")
            }
        }
    }

    @Test func pausesAndGoesOn() async throws {
        try await withReceiver { receiver in
            try await withSubscribedSite(settings: .inOrder) { site in
                let path = try await site.subscribe(subscription(to: receiver.uri()))
                func activate(_ isActive: Bool) async throws {
                    let answer = try await site.site.send(
                        .patch, path, json: ["isActive": .bool(isActive)], as: SubscribedSite.key)
                    #expect(answer.status == 204)
                }
                let received = try await site.heard(by: receiver) {
                    try await site.create("1")
                    _ = await receiver.wait(for: 1)
                    try await activate(false)
                    #expect(try await site.shown(path)["status"] == "paused")
                    try await site.update("1", ["temperature": 21])
                    try await activate(true)
                    try await site.update("1", ["temperature": 22])
                }
                #expect(Self.temperatures(received) == [20, 22])
            }
        }
    }
}
