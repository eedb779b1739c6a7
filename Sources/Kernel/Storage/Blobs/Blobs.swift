import Crypto
import Dispatch
import Foundation

/// What names a blob: the digest of its bytes.
public struct BlobRef: Sendable, Hashable, Codable {
    /// 64 hexadecimal digits in small letters.
    public var sha256: String
    public var size: Int64
    public var mediaType: String

    public init(sha256: String, size: Int64, mediaType: String) {
        self.sha256 = sha256
        self.size = size
        self.mediaType = mediaType
    }
}

/// Files that never change, by the digest of their bytes: `DIR/blobs/ab/abcd…`.
///
/// A blob is whole on disk before a row names it; a file that no row names is left over from a crash and is removed by
/// a reconciler after a day.
public struct Blobs: Sendable {
    private let folder: String
    private let database: any Database
    /// Calls that wait for the disk keep off the threads that serve requests.
    private static let queue = DispatchQueue(label: "higo.blobs", qos: .userInitiated, attributes: .concurrent)

    /// - Parameter folder: the installation's folder; blobs lie in `blobs` beneath it.
    public init(folder: String, database: any Database) {
        self.folder = folder + "/blobs"
        self.database = database
    }

    /// Keeps what `chunks` brings and names it in a row of the context's tenant. Refuses with `tooLarge` beyond
    /// `limit` bytes; nothing is left then.
    public func put(
        _ context: OperationContext, mediaType: String, limit: Int64 = .max,
        _ chunks: some AsyncSequence<[UInt8], any Error>
    ) async throws(Refusal) -> BlobRef {
        let writer = try BlobWriter(folder: folder, limit: limit)
        do {
            for try await chunk in chunks {
                try await Self.offThread { () throws(Refusal) in try writer.append(chunk) }
            }
        } catch {
            writer.discard()
            throw error as? Refusal ?? Refusal(.badRequest, "The upload broke off: \(error)")
        }
        let (sha256, size) = try await Self.offThread { () throws(Refusal) in try writer.finish() }
        return try await name(BlobRef(sha256: sha256, size: size, mediaType: mediaType), context)
    }

    /// Keeps bytes that are in memory.
    public func put(
        _ context: OperationContext, mediaType: String, bytes: [UInt8]
    ) async throws(Refusal) -> BlobRef {
        let writer = try BlobWriter(folder: folder, limit: .max)
        let (sha256, size) = try await Self.offThread { () throws(Refusal) in
            try writer.append(bytes)
            return try writer.finish()
        }
        return try await name(BlobRef(sha256: sha256, size: size, mediaType: mediaType), context)
    }

    /// The blob of the context's tenant with this digest, if there is one.
    public func find(_ context: OperationContext, sha256: String) async throws(Refusal) -> BlobRef? {
        let key = RowKey("blobs", [("tenant", .text(context.tenant.rawValue)), ("sha256", .text(sha256))])
        return try await database.get(context, key).map { row in
            BlobRef(sha256: row.text("sha256"), size: row.int64("size"), mediaType: row.text("media_type"))
        }
    }

    /// All bytes of a blob; refuses with `gone` if its file is not there.
    public func get(_ blob: BlobRef) async throws(Refusal) -> [UInt8] {
        let path = path(of: blob)
        return try await Self.offThread { () throws(Refusal) in
            guard let data = FileManager.default.contents(atPath: path) else { throw Self.missing(blob) }
            return Array(data)
        }
    }

    /// The bytes of a blob piece by piece.
    public func open(_ blob: BlobRef, chunk size: Int = 1 << 16) throws(Refusal) -> AsyncThrowingStream<
        [UInt8], any Error
    > {
        guard let file = FileHandle(forReadingAtPath: path(of: blob)) else { throw Self.missing(blob) }
        return AsyncThrowingStream {
            let data = try await Self.offThread { () throws(Refusal) -> Data? in
                do { return try file.read(upToCount: size) } catch {
                    throw Refusal(.storage, "The blob \(blob.sha256) cannot be read: \(error)")
                }
            }
            guard let data, !data.isEmpty else { return nil }
            return Array(data)
        }
    }

    /// Where a blob's file lies, for those that take a path.
    public func path(of blob: BlobRef) -> String { BlobWriter.path(of: blob.sha256, in: folder) }

    private static func missing(_ blob: BlobRef) -> Refusal {
        Refusal(.gone, "The file of the blob \(blob.sha256) is not there.")
    }

    private func name(_ blob: BlobRef, _ context: OperationContext) async throws(Refusal) -> BlobRef {
        try await database.write(context) { transaction throws(Refusal) in
            try transaction.execute(
                """
                INSERT INTO blobs (tenant, sha256, size, media_type, created) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (tenant, sha256) DO NOTHING
                """,
                [
                    .text(transaction.context.tenant.rawValue), .text(blob.sha256), .int64(blob.size),
                    .text(blob.mediaType), .instant(transaction.context.now),
                ])
        }
        return blob
    }

    private static func offThread<T: Sendable>(
        _ body: @escaping @Sendable () throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { () throws(Refusal) -> T in try body() }) }
        }.get()
    }
}
