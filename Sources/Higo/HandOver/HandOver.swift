import Foundation
import NIOCore

/// Lines of JSON over a local socket.
enum HandOver {
    typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func channel(wrapping channel: any NIOCore.Channel) throws -> Channel {
        try Channel(wrappingChannelSynchronously: channel)
    }

    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        var buffer = ByteBuffer(bytes: try JSONEncoder().encode(value))
        buffer.writeInteger(UInt8(ascii: "\n"))
        return buffer
    }

    /// Cuts what arrives into lines.
    struct LineReader {
        private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        private var waiting = ByteBuffer()

        init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.inbound = inbound }

        mutating func next() async throws -> String? {
            while true {
                if let end = waiting.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = waiting.readString(length: end - waiting.readerIndex)
                    waiting.moveReaderIndex(forwardBy: 1)
                    waiting.discardReadBytes()
                    return line
                }
                guard var more = try await inbound.next() else { return nil }
                waiting.writeBuffer(&more)
            }
        }
    }
}
