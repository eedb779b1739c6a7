import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server that keeps what it gets and answers as it is told.
final class Receiver: Sendable {
    struct Received: Sendable {
        var method: String
        var path: String
        var headers: HTTPHeaders
        var bytes: [UInt8]
        /// Null if it is no JSON.
        var body: JSON
        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// The entities of a notification.
        var data: [JSON] { body["data"]?.arrayValue ?? [] }
        var entity: JSON { data.first ?? .null }
    }

    enum Reaction: Sendable {
        case status(Int)
        case never
    }

    private let channel: any Channel
    private let state: Mutex<State>

    private struct State {
        var received: [Received] = []
        var reaction: @Sendable (Received) -> Reaction
    }

    private init(_ channel: any Channel, _ state: consuming Mutex<State>) {
        self.channel = channel
        self.state = state
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    func uri(_ path: String = "/n") -> String { "http://127.0.0.1:\(port)\(path)" }

    var received: [Received] { state.withLock { $0.received } }

    func react(_ reaction: @escaping @Sendable (Received) -> Reaction) { state.withLock { $0.reaction = reaction } }

    /// Waits until so many came; gives up after a while, so that a test fails rather than hangs.
    func wait(for count: Int, seconds: Double = 20) async -> [Received] {
        for _ in 0..<Int(seconds * 100) where received.count < count { try? await Task.sleep(for: .milliseconds(10)) }
        return received
    }

    fileprivate func take(_ received: Received) -> Reaction {
        state.withLock { state in
            let reaction = state.reaction(received)
            if case .status = reaction { state.received.append(received) }
            return reaction
        }
    }
}

/// Runs `body` with a receiver that answers 200 unless told otherwise.
func withReceiver<T>(
    _ reaction: @escaping @Sendable (Receiver.Received) -> Receiver.Reaction = { _ in .status(200) },
    _ body: (Receiver) async throws -> T
) async throws -> T {
    let place = ReceiverPlace()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 256)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                try channel.pipeline.syncOperations.addHandler(ReceiverHandler(place))
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    let receiver = Receiver.make(channel, reaction)
    place.set(receiver)
    do {
        let result = try await body(receiver)
        try? await channel.close()
        return result
    } catch {
        try? await channel.close()
        throw error
    }
}

extension Receiver {
    fileprivate static func make(
        _ channel: any Channel, _ reaction: @escaping @Sendable (Received) -> Reaction
    ) -> Receiver { Receiver(channel, Mutex(State(reaction: reaction))) }
}

/// Where handlers find the receiver that is made after them.
private final class ReceiverPlace: Sendable {
    private let receiver = Mutex<Receiver?>(nil)
    func set(_ receiver: Receiver) { self.receiver.withLock { $0 = receiver } }
    func take(_ received: Receiver.Received) -> Receiver.Reaction {
        receiver.withLock { $0 }?.take(received) ?? .status(503)
    }
}

private final class ReceiverHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let place: ReceiverPlace
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ place: ReceiverPlace) { self.place = place }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let buffer): body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            let received = Receiver.Received(
                method: head.method.rawValue, path: head.uri, headers: head.headers, bytes: body,
                body: (try? JSON(parsing: body)) ?? .null)
            guard case .status(let status) = place.take(received) else { return }
            let answer = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: ["Content-Length": "0"])
            context.write(wrapOutboundOut(.head(answer)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
