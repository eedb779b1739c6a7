import CBrotli

/// Brotli (RFC 7932).
enum Brotli {
    /// For answers made on the spot: about as quick as gzip and smaller.
    static let quick: Int32 = 4
    /// For assets, compressed once at start.
    static let thorough: Int32 = 9

    static func compress(_ bytes: [UInt8], quality: Int32 = quick) -> [UInt8]? {
        let limit = max(BrotliEncoderMaxCompressedSize(bytes.count), 64)
        var isDone = false
        let output = [UInt8](unsafeUninitializedCapacity: limit) { buffer, written in
            written = limit
            isDone =
                BrotliEncoderCompress(
                    quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, bytes.count, bytes, &written,
                    buffer.baseAddress) == BROTLI_TRUE
            if !isDone { written = 0 }
        }
        return isDone ? output : nil
    }
}
