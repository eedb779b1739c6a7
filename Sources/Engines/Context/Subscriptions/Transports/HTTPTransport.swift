import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Platform
import Storage
import Synchronization

/// Sends notifications over HTTP and HTTPS (ETSI GS CIM 009 clause 6.3.9), over connections that are kept.
///
/// Redirects are not followed: a receiver could point at what the policy forbids.
final class HTTPTransport: NotificationTransport {
    private let client: HTTPClient
    private let policy: ReceiverPolicy

    init(_ settings: NotificationSettings, policy: ReceiverPolicy) {
        self.policy = policy
        client = Self.client(connections: settings.connections)
    }

    /// One client serves the whole process until its end: its connections are what is worth keeping.
    private static let clients = Mutex<[Int: HTTPClient]>([:])

    private static func client(connections: Int) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[connections] { return client }
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: configuration(connections: connections))
            clients[connections] = client
            return client
        }
    }

    private static func configuration(connections: Int) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.idleTimeout = .seconds(60)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    func send(
        _ notification: RenderedNotification, to endpoint: NotificationEndpoint, seconds: Double
    ) async throws(DeliveryFailure) -> Int? {
        guard let address = EndpointAddress(notification.url) else {
            throw DeliveryFailure(
                reason: "'\(EndpointAddress.hidingPassword(notification.url))' is no address to send to.", isFinal: true
            )
        }
        if let fault = await policy.fault(host: address.host) { throw DeliveryFailure(reason: fault, isFinal: true) }
        let status = try await execute(notification, seconds)
        switch status {
        case 200..<300: return status
        case 408, 425, 429, 500...: throw DeliveryFailure(reason: "The receiver answered \(status).", status: status)
        case 300..<400:
            throw DeliveryFailure(
                reason: "The receiver answered \(status); redirects are not followed.", status: status, isFinal: true)
        default: throw DeliveryFailure(reason: "The receiver answered \(status).", status: status, isFinal: true)
        }
    }

    private func execute(_ notification: RenderedNotification, _ seconds: Double) async throws(DeliveryFailure) -> Int {
        do {
            var headers = HTTPHeaders()
            for header in notification.headers { headers.add(name: header.name, value: header.value) }
            let request = try HTTPClient.Request(
                url: notification.url, method: HTTPMethod(rawValue: notification.method), headers: headers,
                body: notification.body.isEmpty ? nil : .bytes(notification.body))
            return try await client.execute(
                request: request, delegate: StatusReader(), deadline: .now() + .nanoseconds(Int64(seconds * 1e9))
            ).get()
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw DeliveryFailure(reason: "The receiver did not answer within \(seconds) s.")
        } catch {
            throw DeliveryFailure(reason: "The receiver cannot be reached: \(error)")
        }
    }

    func close() async {}
}

/// Takes the status of an answer and drops its body.
private final class StatusReader: HTTPClientResponseDelegate {
    typealias Response = Int

    private static let mostBytes = 1 << 20
    private struct TooLong: Error {}

    private let status: AnswerFacts = AnswerFacts()

    func didReceiveHead(task: HTTPClient.Task<Int>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        status.set(Int(head.status.code))
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Int>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        guard status.add(buffer.readableBytes) <= Self.mostBytes else {
            return task.eventLoop.makeFailedFuture(TooLong())
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Int>) throws -> Int { status.value }
}

/// The status and length of one answer; the client reports from its event loop.
private final class AnswerFacts: Sendable {
    private let state = Atomic<Int>(0)
    private let bytes = Atomic<Int>(0)

    var value: Int { state.load(ordering: .relaxed) }
    func set(_ status: Int) { state.store(status, ordering: .relaxed) }
    func add(_ count: Int) -> Int { bytes.wrappingAdd(count, ordering: .relaxed).newValue }
}
