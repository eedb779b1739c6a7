import Context
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Testing
import Web

/// `/manage/subscriptions`.
struct SubscriptionPagesTests {
    private static let officer = Persona.officer(may: ["context.subscription.write"])
    private static let root = "/manage/subscriptions"

    private static func withSite(_ body: (SubscribedSite) async throws -> Void) async throws {
        let settings = NotificationSettings(allowsLoopback: true)
        try await withTestSite(
            [ContextModule.module], resources: ["Web", "Context"], change: { $0.ports.notifications = settings }
        ) { site in try await body(SubscribedSite(site: site, settings: settings)) }
    }

    @Test(arguments: ["ja", "ja-easy", "en"]) func showsHowEachFares(language: String) async throws {
        try await withReceiver({ _ in .status(500) }) { receiver in
            try await Self.withSite { site in
                let path = try await site.subscribe(
                    subscription(to: receiver.uri(), ["description": "Rooms that are too warm"]))
                try await site.withNode {
                    try await site.create("1")
                    _ = try await site.shown(path) { $0["notification"]?["timesFailed"] == 6 }
                    for _ in 0..<500 where try await site.site.get(path + "/parked", as: SubscribedSite.key).json == []
                    {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
                let id = path.split(separator: "/").last.map(String.init) ?? ""
                let list = try await site.site.get(Self.root, as: Self.officer, accept: "application/json").json
                #expect(list["items"]?[0]?["state"] == "failing")
                #expect(list["items"]?[0]?["parked"] == 1)
                let own = "\(Self.root)/area/\(id)"
                for target in [Self.root, own] {
                    let page = try await site.site.get(
                        "\(target)?lang=\(language)", as: Self.officer, accept: "text/html")
                    #expect(page.status == 200)
                    #expect(page.text.contains("Rooms that are too warm"))
                    #expect(!page.text.contains("context.subscriptions."))
                }
                let page = try await site.site.get(own, as: Self.officer, accept: "text/html").text
                for action in ["pause", "replay", "forget"] { #expect(page.contains("\(own)/\(action)")) }
                #expect(try await site.site.submit("\(own)/forget", as: Self.officer).status == 303)
                let emptied = try await site.site.get(own, as: Self.officer, accept: "application/json").json
                #expect(emptied["parkedNotifications"] == [])
            }
        }
    }

    @Test func pausesAndResumesBothProtocols() async throws {
        try await Self.withSite { site in
            let path = try await site.subscribe(subscription(to: "http://127.0.0.1:9/n"))
            let client = V2Client(site: site.site)
            let made = try await client.send(
                .post, "/subscriptions",
                [
                    "subject": ["entities": [["idPattern": ".*"]]],
                    "notification": ["http": ["url": "http://127.0.0.1:9/n"]],
                ])
            let v2 = try #require(made["location"])
            for (target, paused) in [(path, "paused"), (v2, "inactive")] {
                let own = "\(Self.root)/area/\(target.split(separator: "/").last ?? "")"
                #expect(try await site.site.submit("\(own)/pause", as: Self.officer).status == 303)
                #expect(try await site.site.get(target, as: SubscribedSite.key).json["status"]?.stringValue == paused)
                #expect(try await site.site.submit("\(own)/resume", as: Self.officer).status == 303)
                #expect(try await site.site.get(target, as: SubscribedSite.key).json["status"] == "active")
            }
        }
    }

    @Test func isForThoseWhoMaySubscribeAndTheirOwn() async throws {
        try await Self.withSite { site in
            let path = try await site.subscribe(subscription(to: "http://127.0.0.1:9/n"))
            let own = "\(Self.root)/area/\(path.split(separator: "/").last ?? "")"
            let other = Persona.officer(of: "431001", may: ["context.subscription.write"])
            #expect(try await site.site.get(Self.root, as: other, accept: "application/json").json["items"] == [])
            #expect(try await site.site.get(own, as: other).status == 404)
            #expect(try await site.site.submit("\(own)/pause", as: other).status == 404)
            let reader = Persona.officer(may: ["context.entity.write"])
            for target in [Self.root, own] {
                #expect(try await site.site.get(target, as: reader).status == 403)
                #expect(try await site.site.get(target).status == 401)
            }
            #expect(try await site.site.submit("\(own)/pause", as: reader).status == 403)
        }
    }
}
