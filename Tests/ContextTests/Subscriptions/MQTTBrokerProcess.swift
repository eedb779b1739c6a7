import Foundation
import NIOCore
import NIOPosix
import Testing

/// A mosquitto of our own on a free port of this machine, and its clients.
final class MQTTBrokerProcess: @unchecked Sendable {
    // Used by one test at a time; `Process` is not Sendable.
    private let process: Process
    private let folder: URL
    let port: Int

    static let isInstalled = program("mosquitto") != nil && program("mosquitto_sub") != nil

    static func program(_ name: String) -> URL? {
        ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"]
            .map { URL(fileURLWithPath: $0).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// - Parameter password: of the user `higo`; nil: anybody may connect.
    init(password: String? = nil, port wanted: Int? = nil) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "higo-mqtt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let wanted { port = wanted } else { port = try await Self.freePort() }
        var lines = ["listener \(port) 127.0.0.1", "persistence false", "allow_anonymous \(password == nil)"]
        if let password {
            let users = folder.appending(path: "users").path
            try await Self.run("mosquitto_passwd", ["-b", "-c", users, "higo", password])
            lines.append("password_file \(users)")
        }
        let settings = folder.appending(path: "mosquitto.conf")
        try (lines.joined(separator: "\n") + "\n").write(to: settings, atomically: true, encoding: .utf8)
        // It drops the rights of root.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        process = Process()
        process.executableURL = try #require(Self.program("mosquitto"))
        process.arguments = ["-c", settings.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try await answers()
    }

    private static func run(_ name: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = try #require(program(name))
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        if let users = arguments.first(where: { $0.hasSuffix("/users") }) {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: users)
        }
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }

    /// Returns when the broker takes connections.
    private func answers() async throws {
        for _ in 0..<500 {
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            if let channel { return try await channel.close() }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("The broker does not answer.")
    }

    /// Returns when it is gone.
    func end() async throws {
        stop()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// At once: its signals may be blocked, as those of the threads are that started it.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }
}
