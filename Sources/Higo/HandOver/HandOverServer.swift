import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Takes commands from other processes on `higo.sock` in the data folder, so that one process writes and yet
/// `higo import` works while the server runs. The folder's rights decide who may connect.
struct HandOverServer: Service {
    let path: String
    let run: @Sendable (Command, _ emit: @escaping @Sendable (CommandEvent) async -> Void) async -> Int32
    let logger: Logger

    func run() async throws {
        unlink(path)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try HandOver.channel(wrapping: channel) }
            }
        chmod(path, 0o600)
        defer { unlink(path) }
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { clients in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in clients { group.addTask { await serve(client) } }
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    private func serve(_ client: HandOver.Channel) async {
        do {
            try await client.executeThenClose { inbound, outbound in
                var lines = HandOver.LineReader(inbound.makeAsyncIterator())
                guard let line = try await lines.next() else { return }
                let command = try JSONDecoder().decode(Command.self, from: Data(line.utf8))
                let status = await run(command) { event in try? await outbound.write(HandOver.encode(event)) }
                try await outbound.write(HandOver.encode(CommandEvent.finished(status)))
            }
        } catch {
            logger.warning("A handed-over command ended early", metadata: ["error": "\(error)"])
        }
    }
}
