import Crypto
import Foundation
import JSON

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes an archive line by line beside its place, and puts it there when it is whole.
///
/// `@unchecked Sendable`: its calls follow one another.
package final class ArchiveWriter: @unchecked Sendable {
    private static let bufferSize = 1 << 20
    private let path: String
    private var partial: String { path + ".part" }
    private var descriptor: CInt
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private(set) var rows = 0
    private(set) var bytes: Int64 = 0

    /// Refuses with `alreadyExists` if there is a file at `path`: a backup is never written over another.
    package init(path: String) throws(Refusal) {
        self.path = path
        if access(path, F_OK) == 0 {
            throw Refusal(.alreadyExists, "There is a file '\(path)' already. Name one that does not exist.")
        }
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 {
            throw Refusal(.unavailable, "'\(path).part' cannot be written: \(String(cString: strerror(errno))).")
        }
        buffer.reserveCapacity(Self.bufferSize)
    }

    package func write(_ line: JSON) throws(Refusal) {
        line.write(into: &buffer)
        try endLine()
    }

    func writeRow(_ values: [SQLValue], _ columns: [Column]) throws(Refusal) {
        buffer.append(UInt8(ascii: "["))
        for (position, value) in values.enumerated() {
            if position > 0 { buffer.append(UInt8(ascii: ",")) }
            ArchiveValue.write(value, columns[position].kind, into: &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
        rows += 1
        try endLine()
    }

    /// Writes the last line, sees to it that all is on disk, and gives the archive its name.
    package func finish() throws(Refusal) {
        try flush()
        let digest = hash.finalize().map { String(format: "%02x", $0) }.joined()
        try write(["end": true, "rows": JSON(rows), "sha256": .string(digest)])
        try flush()
        guard fsync(descriptor) == 0, close(descriptor) == 0 else { throw failure() }
        descriptor = -1
        guard rename(partial, path) == 0 else { throw failure() }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    /// Removes what was written, if it was not finished.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(partial)
    }

    private func endLine() throws(Refusal) {
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    private func flush() throws(Refusal) {
        hash.update(data: buffer)
        var start = 0
        while start < buffer.count {
            let written = put(buffer[start...])
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure() }
            start += written
        }
        bytes += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
    }

    private func failure() -> Refusal {
        Refusal(.unavailable, "The archive '\(path)' cannot be written: \(String(cString: strerror(errno))).")
    }
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
