import Foundation
import Synchronization
import Testing

/// `mosquitto_sub`: somebody else's client, that writes down what it hears.
final class MQTTListener: @unchecked Sendable {
    struct Message: Hashable {
        var topic: String
        var qos: String
        var text: String
    }

    // Used by one test at a time; `Process` is not Sendable.
    private let process = Process()
    private let told = Mutex("")

    /// Returns when it has subscribed to all topics.
    init(_ broker: MQTTBrokerProcess, password: String? = nil, version: String = "mqttv5") async throws {
        let output = Pipe()
        // By lines, or what it tells stays in its buffer.
        process.executableURL = try #require(MQTTBrokerProcess.program("stdbuf"))
        process.arguments =
            ["-oL", "mosquitto_sub"]
            + [
                "-h", "127.0.0.1", "-p", String(broker.port), "-V", version, "-q", "2", "-t", "#", "-d", "-F",
                "MSG %t %q %p",
            ]
            + (password.map { ["-u", "higo", "-P", $0] } ?? [])
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        output.fileHandleForReading.readabilityHandler = { [weak self] file in
            let text = String(decoding: file.availableData, as: UTF8.self)
            self?.told.withLock { $0 += text }
        }
        try process.run()
        for _ in 0..<500 where !told.withLock({ $0.contains("Subscribed") }) {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// What came, once so much did.
    func wait(for count: Int) async -> [Message] {
        for _ in 0..<1_000 where messages.count < count { try? await Task.sleep(for: .milliseconds(10)) }
        return messages
    }

    private var messages: [Message] {
        told.withLock { $0 }.split(separator: "\n").filter { $0.hasPrefix("MSG ") }.map { line in
            let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            return Message(topic: parts[1], qos: parts[2], text: parts.count > 3 ? parts[3] : "")
        }
    }

    func stop() { kill(process.processIdentifier, SIGKILL) }
}
