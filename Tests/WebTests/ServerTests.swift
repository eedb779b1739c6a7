import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Logging
import NIOCore
import ServiceLifecycle
import Storage
import Testing
import Web

/// The site on a real socket: what only the connection can do.
@Suite struct ServerTests {
    /// Runs `body` with the port of a server; then stops it as SIGTERM would.
    private func withServer(
        requestSeconds: Double = 30,
        _ body: @escaping @Sendable (Int, _ stop: @escaping @Sendable () async -> Void) async throws -> Void
    ) async throws {
        func change(_ parts: inout SiteParts) {
            parts.settings.port = 0
            parts.settings.requestSeconds = requestSeconds
        }
        try await withTestSite([SiteModule.module], change: change) { site async throws in
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            let server = HigoServer(site: site.site, logger: Self.silent) { continuation.yield($0) }
            let group = ServiceGroup(services: [server], logger: Self.silent)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for await port in ports {
                    try await body(port) { await group.triggerGracefulShutdown() }
                    break
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }
    }

    private static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @Test func answersOneRequestAfterAnotherOnOneConnection() async throws {
        try await withServer { port, _ in
            let client = try RawClient(port: port)
            client.send("GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await client.read(until: "}").hasPrefix("HTTP/1.1 200 OK\r\n"))
            client.send("HEAD /things/1 HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = await client.read(until: "\r\n\r\n")
            #expect(head.contains("\r\nContent-Length: 30\r\n"))
            client.send("GET /things/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(await client.read().hasSuffix(#"{"id":"2","actor":"anonymous"}"#))
        }
    }

    @Test func readsBodiesThatComeInPieces() async throws {
        try await withServer { port, _ in
            let client = try RawClient(port: port)
            client.send(
                "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nname=\r\n")
            client.send("3\r\nabc\r\n0\r\n\r\n")
            #expect(await client.read().contains("\r\nLocation: /things/abc\r\n"))
        }
    }

    @Test(arguments: ["Content-Length: 2000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"])
    func refusesTooLargeBodiesBeforeTheyAreRead(rest: String) async throws {
        try await withServer { port, _ in
            let client = try RawClient(port: port)
            client.send(
                "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n" + rest)
            client.send(String(repeating: "a", count: 1_999))
            #expect(await client.read(until: "}").hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func refusesRequestsThatComeTooSlowly() async throws {
        try await withServer(requestSeconds: 0.2) { port, _ in
            let client = try RawClient(port: port)
            client.send(
                "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 10\r\n\r\nname=")
            let answer = await client.read(until: "}")
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("/problems/request-timeout"))
        }
    }

    @Test func refusesTooLargeHeaders() async throws {
        try await withServer { port, _ in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 20_000))\r\n\r\n")
            #expect(await client.read(until: "}").hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test func whatIsNoHTTPIsRefused() async throws {
        try await withServer { port, _ in
            let client = try RawClient(port: port)
            client.send("熊本\r\n\r\n")
            #expect(await client.read().hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test func finishesWhatItTookWhenItIsStopped() async throws {
        try await withServer { port, stop in
            let client = try RawClient(port: port)
            client.send(
                "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 8\r\n\r\nname=")
            try await Task.sleep(for: .milliseconds(100))
            await stop()
            try await Task.sleep(for: .milliseconds(100))
            client.send("abc")
            #expect(await client.read().contains("\r\nLocation: /things/abc\r\n"))
        }
    }
}
