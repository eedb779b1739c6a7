import Foundation
import NIOCore
import NIOPosix

/// Hands a command to the server that holds the data folder.
enum HandOverClient {
    /// The exit status, or `nil` if no server listens there.
    static func run(
        _ command: Command, socket path: String, emit: @Sendable (CommandEvent) async -> Void
    ) async throws -> Int32? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let connected = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try HandOver.channel(wrapping: channel) }
            }
        guard let connected else { return nil }
        return try await connected.executeThenClose { inbound, outbound in
            try await outbound.write(HandOver.encode(command))
            var lines = HandOver.LineReader(inbound.makeAsyncIterator())
            while let line = try await lines.next() {
                let event = try JSONDecoder().decode(CommandEvent.self, from: Data(line.utf8))
                if case .finished(let status) = event { return status }
                await emit(event)
            }
            throw HandOverLost()
        }
    }
}

/// The server went away in the middle of a command.
struct HandOverLost: Error, CustomStringConvertible {
    var description: String {
        "The server stopped before the command was done. What it had taken is resumed when it starts again."
    }
}
