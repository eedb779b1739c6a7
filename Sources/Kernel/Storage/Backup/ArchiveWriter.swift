import Crypto
import Foundation
import JSON

/// Writes a tar file beside its place and renames it when it is whole.
///
/// `@unchecked Sendable`: its calls follow one another.
final class ArchiveWriter: @unchecked Sendable {
    private let path: String
    private let temporary: String
    private let file: FileHandle
    private var hash = SHA256()
    private var entries = 0

    init(path: String) throws(Refusal) {
        self.path = path
        temporary = path + ".unfinished"
        guard FileManager.default.createFile(atPath: temporary, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: temporary)
        else { throw Refusal(.unavailable, "The file '\(temporary)' cannot be written.") }
        self.file = file
    }

    func add(_ name: String, _ bytes: [UInt8]) throws(Refusal) {
        try begin(name, size: Int64(bytes.count))
        try write(bytes)
        try pad(Int64(bytes.count))
    }

    /// Copies a file into the archive piece by piece.
    func add(_ name: String, file path: String, size: Int64) throws(Refusal) {
        guard let source = FileHandle(forReadingAtPath: path) else {
            throw Refusal(.storage, "The file '\(path)' that a row names is not there.")
        }
        try begin(name, size: size)
        var rest = size
        while rest > 0 {
            let bytes = Array((try? source.read(upToCount: Int(min(rest, 1 << 20)))) ?? Data())
            if bytes.isEmpty { throw Refusal(.storage, "The file '\(path)' is shorter than \(size) bytes.") }
            try write(bytes)
            rest -= Int64(bytes.count)
        }
        try pad(size)
    }

    /// Adds the mark that the archive is whole, syncs it and puts it in its place.
    func finish() throws(Refusal) {
        let digest = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let mark: JSON = ["entries": .int(Int64(entries)), "sha256": .string(digest)]
        try add("complete.json", mark.bytes)
        try write([UInt8](repeating: 0, count: 1_024))
        do {
            try file.synchronize()
            try file.close()
        } catch { throw Refusal(.unavailable, "The file '\(temporary)' cannot be synced: \(error)") }
        guard rename(temporary, path) == 0 else { throw Refusal(.unavailable, "'\(path)' cannot be put in place.") }
        try BlobWriter.sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    func discard() {
        try? file.close()
        try? FileManager.default.removeItem(atPath: temporary)
    }

    private func begin(_ name: String, size: Int64) throws(Refusal) {
        entries += 1
        try write(try TarHeader(name: name, size: size).bytes())
    }

    private func pad(_ size: Int64) throws(Refusal) {
        try write([UInt8](repeating: 0, count: TarHeader.padding(of: size)))
    }

    private func write(_ bytes: [UInt8]) throws(Refusal) {
        hash.update(data: bytes)
        do { try file.write(contentsOf: bytes) } catch {
            throw Refusal(.unavailable, "The file '\(temporary)' cannot be written: \(error)")
        }
    }
}
