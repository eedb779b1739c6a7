import Context
import Entities
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Testing
import Web

/// A site whose subscriptions are matched and delivered, with one node or several.
struct SubscribedSite: Sendable {
    static let root = "/ngsi-ld/v1/subscriptions"
    static let key = Persona.machine(may: writer)

    let site: TestSite
    let settings: NotificationSettings

    /// A further node on the same database, running while `body` does.
    func withNode<T>(
        _ name: String = "node-1", retry: RetryPolicy = .quick, _ body: () async throws -> T
    ) async throws -> T {
        let engine = SubscriptionEngine(
            NotificationParts(
                store: Subscriptions(site.ports).store, entities: site.ports.entities, settings: settings,
                holder: name, retry: retry, clock: site.clock))
        site.ports.databases.main.whenChanged { [weak engine] in engine?.wake() }
        let task = Task { await engine.run() }
        do {
            let result = try await body()
            engine.stop()
            await task.value
            return result
        } catch {
            engine.stop()
            await task.value
            throw error
        }
    }

    @discardableResult
    func subscribe(_ json: JSON, as persona: Persona = key, headers: HTTPFields = [:]) async throws -> String {
        let answer = try await site.send(.post, Self.root, json: json, as: persona, headers: headers)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer["location"])
    }

    /// The subscription as it is shown; waits until `isWanted` holds for it.
    func shown(_ path: String, until isWanted: (JSON) -> Bool = { _ in true }) async throws -> JSON {
        var json = try await site.get(path, as: Self.key).json
        for _ in 0..<1_000 where !isWanted(json) {
            try await Task.sleep(for: .milliseconds(10))
            json = try await site.get(path, as: Self.key).json
        }
        return json
    }

    func create(
        _ id: String, type: String = "Room", _ attributes: JSON = ["temperature": 20], as persona: Persona = key
    ) async throws {
        var json = attributes
        json["id"] = .string("urn:ngsi-ld:\(type):\(id)")
        json["type"] = .string(type)
        let answer = try await site.send(.post, "/ngsi-ld/v1/entities", json: json, as: persona)
        try #require(answer.status == 201, "\(answer.text)")
    }

    func update(_ id: String, type: String = "Room", _ attributes: JSON) async throws {
        let answer = try await site.send(
            .patch, "/ngsi-ld/v1/entities/urn:ngsi-ld:\(type):\(id)/attrs", json: attributes, as: Self.key)
        try #require(answer.status == 204, "\(answer.text)")
    }

    func append(_ id: String, type: String = "Room", _ attributes: JSON) async throws {
        let answer = try await site.send(
            .post, "/v2/entities/urn:ngsi-ld:\(type):\(id)/attrs?options=keyValues", json: attributes, as: Self.key)
        try #require(answer.status == 204, "\(answer.text)")
    }

    func removeAttribute(_ id: String, type: String = "Room", _ name: String) async throws {
        let answer = try await site.send(
            .delete, "/v2/entities/urn:ngsi-ld:\(type):\(id)/attrs/\(name)", as: Self.key)
        try #require(answer.status == 204, "\(answer.text)")
    }

    func remove(_ id: String, type: String = "Room") async throws {
        let answer = try await site.send(.delete, "/ngsi-ld/v1/entities/urn:ngsi-ld:\(type):\(id)", as: Self.key)
        try #require(answer.status == 204, "\(answer.text)")
    }
}

extension SubscribedSite {
    /// What a receiver hears of some changes, to the last. A subscription of its own says when they are over; so this
    /// needs a site with one connection, which keeps everything to one receiver in order.
    func heard(
        by receiver: Receiver, at path: String = "/n", _ changes: () async throws -> Void
    ) async throws -> [Receiver.Received] {
        try await subscribe(subscription(to: receiver.uri(path), entities: [["type": "End"]]))
        return try await withNode {
            try await changes()
            try await create("1", type: "End")
            for _ in 0..<2_000 {
                let received = receiver.received
                if let end = received.firstIndex(where: { $0.entity["type"] == "End" }) {
                    return Array(received[..<end])
                }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("The end was never told of.")
            return receiver.received
        }
    }
}

extension RetryPolicy {
    /// Waits that a test can afford.
    static var quick: RetryPolicy {
        var policy = RetryPolicy()
        (policy.firstWait, policy.longestWait, policy.tries, policy.timeout) = (0.05, 0.2, 6, 5)
        return policy
    }
}

/// Runs `body` with a site whose notifications may go to this machine; no node runs yet.
func withSubscribedSite(
    _ kind: TestDatabase.Kind = .sqlite, settings: NotificationSettings = NotificationSettings(allowsLoopback: true),
    _ body: (SubscribedSite) async throws -> Void
) async throws {
    try await withTestSite([ContextModule.module], on: kind, change: { $0.ports.notifications = settings }) { site in
        try await body(SubscribedSite(site: site, settings: settings))
    }
}

extension NotificationSettings {
    /// One connection to a receiver, so that everything that it gets is in order.
    static var inOrder: NotificationSettings { NotificationSettings(allowsLoopback: true, connections: 1) }
}

/// A subscription to rooms.
func subscription(
    to uri: String, entities: JSON = [["type": "Room"]], notification: JSON = [:], endpoint: JSON = [:],
    _ more: JSON = [:]
) -> JSON {
    var whole: JSON = ["type": "Subscription", "entities": entities]
    var note = notification
    var end = endpoint
    end["uri"] = .string(uri)
    note["endpoint"] = end
    whole["notification"] = note
    for member in more.objectValue?.members ?? [] { whole[member.name] = member.value }
    return whole
}

extension SubscribedSite {
    /// Runs the jobs that wait.
    func runJobs() async throws {
        let runner = JobRunner(
            database: site.ports.databases.main, Subscriptions(ports).jobs, holder: "jobs", seed: 1)
        try await runner.runDue(.test(clock: site.clock))
    }

    private var ports: Ports {
        var ports = site.ports
        ports.notifications = settings
        return ports
    }
}
