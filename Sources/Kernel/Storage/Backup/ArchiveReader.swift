import Crypto
import Foundation
import JSON

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads an archive line by line.
///
/// `@unchecked Sendable`: its calls follow one another.
final class ArchiveReader: @unchecked Sendable {
    private static let chunkSize = 1 << 20
    private let path: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var start = 0

    init(path: String) throws(Refusal) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw Refusal(.notFound, "'\(path)' cannot be read: \(String(cString: strerror(errno))).")
        }
    }

    deinit { close(descriptor) }

    /// The next line without its end; `nil` after the last. What follows the last end of a line is no line.
    func next() throws(Refusal) -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            searched = buffer.count - start
            buffer.removeSubrange(..<start)
            start = 0
            guard try readMore() else { return nil }
        }
    }

    /// Whether nothing is left, not even a beginning of a line.
    var isAtEnd: Bool { start == buffer.count }

    private func readMore() throws(Refusal) -> Bool {
        var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Refusal(.unavailable, "'\(path)' cannot be read: \(String(cString: strerror(errno))).")
            }
            buffer += chunk[..<count]
            return count > 0
        }
    }
}

extension ArchiveReader {
    /// Reads the whole file and refuses it with `invalid` unless it is a whole archive, exactly as it was written.
    static func verify(path: String) throws(Refusal) -> ArchiveHeader {
        let reader = try ArchiveReader(path: path)
        var hash = SHA256()
        guard let first = try reader.next() else { throw .noArchive(path) }
        let header = try ArchiveHeader(line: first, path: path)
        hash.update(data: first)
        hash.update(data: [UInt8(ascii: "\n")])
        while let line = try reader.next() {
            if line.starts(with: Self.endMark) {
                let end = try? JSON(parsing: Array(line))
                let digest = hash.finalize().map { String(format: "%02x", $0) }.joined()
                let isLast = try reader.next() == nil && reader.isAtEnd
                guard isLast, end?["sha256"]?.stringValue == digest else { throw .changedArchive(path) }
                return header
            }
            hash.update(data: line)
            hash.update(data: [UInt8(ascii: "\n")])
        }
        throw Refusal(.invalid, "The archive '\(path)' is cut off: its last line is missing. Use another copy of it.")
    }

    static let endMark = Array("{\"end\":".utf8)
}

extension Refusal {
    static func noArchive(_ path: String) -> Refusal {
        Refusal(.invalid, "'\(path)' is no archive of 'higo backup'.")
    }

    static func changedArchive(_ path: String) -> Refusal {
        Refusal(
            .invalid, "The archive '\(path)' was changed after it was written: its checksum differs. Use another copy.")
    }
}
