import CZlib
import Synchronization

/// Makes gzip (RFC 1952) from bytes, in one piece or bit by bit. Used by one caller at a time.
final class Deflater: @unchecked Sendable {
    // The stream stays in its place: zlib keeps its address. Only `pool` and one borrower at a time hold a deflater.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let isReady: Bool

    init(level: Int32) {
        stream.initialize(to: z_stream())
        let gzipWindow: Int32 = 15 + 16
        isReady =
            deflateInit2_(
                stream, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What comes out for these bytes so far; with `last` the end of the stream. `nil` if zlib had no memory.
    func add(_ bytes: [UInt8], last: Bool, capacity: Int? = nil) -> [UInt8]? {
        guard isReady else { return nil }
        var output: [UInt8] = []
        let isDone = bytes.withUnsafeBufferPointer { input -> Bool in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            var chunk = capacity ?? max(512, input.count / 2)
            repeat {
                guard produce(chunk, last: last, into: &output) else { return false }
                chunk = 65_536
            } while stream.pointee.avail_out == 0
            return true
        }
        return isDone ? output : nil
    }

    private func produce(_ count: Int, last: Bool, into output: inout [UInt8]) -> Bool {
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(count)
            let status = deflate(stream, last ? Z_FINISH : Z_NO_FLUSH)
            written = status == Z_STREAM_ERROR ? 0 : count - Int(stream.pointee.avail_out)
        }
        if output.isEmpty { output = piece } else { output.append(contentsOf: piece) }
        return true
    }

    /// Ready for another stream.
    func reset() { deflateReset(stream) }
}

/// Whole answers as gzip. Deflaters are kept, since making one costs more than a small answer.
package enum Gzip {
    package static let level: Int32 = 5
    private static let kept = 8
    private static let pool = Mutex<[Deflater]>([])

    package static func compress(_ bytes: [UInt8], level: Int32 = level) -> [UInt8]? {
        let deflater = (level == self.level ? pool.withLock { $0.popLast() } : nil) ?? Deflater(level: level)
        let output = deflater.add(bytes, last: true, capacity: bytes.count + bytes.count / 100 + 64)
        deflater.reset()
        if level == self.level { pool.withLock { if $0.count < kept { $0.append(deflater) } } }
        return output
    }
}
