import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes one blob: a temporary file beside its place, synced, renamed, its folder synced.
///
/// `@unchecked Sendable`: its calls follow one another.
package final class BlobWriter: @unchecked Sendable {
    private let folder: String
    private let temporary: String
    private let limit: Int64
    private var descriptor: CInt
    private var hash = SHA256()
    private var size: Int64 = 0

    package init(folder: String, limit: Int64 = .max) throws(Refusal) {
        self.folder = folder
        self.limit = limit
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw Refusal(.storage, "The folder '\(folder)' cannot be made: \(error)")
        }
        temporary = folder + "/.new-" + UUID().uuidString
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw Refusal(.storage, "'\(temporary)': \(String(cString: strerror(errno)))") }
    }

    deinit { discard() }

    package static func path(of sha256: String, in folder: String) -> String {
        "\(folder)/\(sha256.prefix(2))/\(sha256)"
    }

    package func append(_ bytes: [UInt8]) throws(Refusal) {
        size += Int64(bytes.count)
        if size > limit { throw Refusal(.tooLarge, "The file is larger than the \(limit) bytes that are taken.") }
        hash.update(data: bytes)
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure("written") }
            rest = rest.dropFirst(written)
        }
    }

    /// Puts the file in its place; its digest and size.
    package func finish() throws(Refusal) -> (sha256: String, size: Int64) {
        let sha256 = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let path = Self.path(of: sha256, in: folder)
        let place = "\(folder)/\(sha256.prefix(2))"
        guard fsync(descriptor) == 0 else { throw failure("synced") }
        guard mkdir(place, 0o700) == 0 || errno == EEXIST else { throw failure("placed") }
        guard rename(temporary, path) == 0 else { throw failure("placed") }
        close(descriptor)
        descriptor = -1
        try Self.sync(folder: place)
        try Self.sync(folder: folder)
        return (sha256, size)
    }

    /// Removes what was written, unless it is in its place already.
    package func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporary)
    }

    /// Makes names in a folder durable.
    package static func sync(folder: String) throws(Refusal) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw Refusal(.storage, "The folder '\(folder)' cannot be synced: \(String(cString: strerror(errno)))")
        }
    }

    private func failure(_ what: String) -> Refusal {
        Refusal(.storage, "The file '\(temporary)' cannot be \(what): \(String(cString: strerror(errno)))")
    }
}
