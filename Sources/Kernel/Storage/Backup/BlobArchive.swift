import Crypto
import Foundation
import JSON

/// Blobs in an archive. They never change, so they need no snapshot: whatever a row in the archive names was there
/// before the row.
struct BlobArchive {
    private static let chunkSize = 48 << 10
    private let folder: String?

    /// - Parameter folder: the installation's folder; blobs lie in `blobs` beneath it.
    init(folder: String?) { self.folder = folder.map { $0 + "/blobs" } }

    /// Writes all blobs, in order; their number.
    func write(_ writer: ArchiveWriter) throws(Refusal) -> Int {
        guard let folder else { return 0 }
        var count = 0
        for part in Self.names(in: folder, length: 2) {
            for name in Self.names(in: "\(folder)/\(part)", length: 64) {
                try write("\(folder)/\(part)/\(name)", name, writer)
                count += 1
            }
        }
        return count
    }

    /// Hexadecimal names: nothing else in the folder is a blob.
    private static func names(in folder: String, length: Int) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.utf8.count == length && $0.allSatisfy(\.isHexDigit) }.sorted()
    }

    private func write(_ path: String, _ name: String, _ writer: ArchiveWriter) throws(Refusal) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Refusal(.unavailable, "The blob '\(path)' cannot be read.")
        }
        try writer.write(["blob": .string(name)])
        var count = 0
        do {
            while let chunk = try file.read(upToCount: Self.chunkSize), !chunk.isEmpty {
                count += chunk.count
                try writer.write(.string(chunk.base64EncodedString()))
            }
            try file.close()
        } catch {
            throw error as? Refusal ?? Refusal(.unavailable, "The blob '\(path)' cannot be read: \(error)")
        }
        try writer.write(["bytes": JSON(count)])
    }
}

/// Puts one blob of an archive in its place.
final class BlobRestorer {
    private let path: String
    private let name: String
    private let file: FileHandle
    private var hash = SHA256()

    init(name: String, folder: String?) throws(Refusal) {
        guard let folder else { throw Refusal(.unavailable, "The archive holds blobs; give a data folder for them.") }
        guard name.utf8.count == 64, name.allSatisfy(\.isHexDigit) else {
            throw Refusal(.invalid, "The archive holds a blob with the wrong name '\(name)'.")
        }
        let place = "\(folder)/blobs/\(name.prefix(2))"
        self.name = name
        path = "\(place)/\(name)"
        let files = FileManager.default
        try? files.createDirectory(atPath: place, withIntermediateDirectories: true)
        _ = files.createFile(atPath: path + ".part", contents: nil, attributes: [.posixPermissions: 0o600])
        guard let file = FileHandle(forWritingAtPath: path + ".part") else {
            throw Refusal(.unavailable, "The blob '\(path)' cannot be written.")
        }
        self.file = file
    }

    func append(_ base64: String) throws(Refusal) {
        guard let bytes = Data(base64Encoded: base64) else {
            throw Refusal(.invalid, "The archive holds a blob that is no base64.")
        }
        hash.update(data: bytes)
        do { try file.write(contentsOf: bytes) } catch { throw failure(error) }
    }

    func finish() throws(Refusal) {
        guard hash.finalize().map({ String(format: "%02x", $0) }).joined() == name else {
            throw Refusal(.invalid, "The archive's blob '\(name)' does not have the digest of its name.")
        }
        do {
            try file.synchronize()
            try file.close()
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".part", toPath: path)
        } catch { throw failure(error) }
    }

    private func failure(_ error: any Error) -> Refusal {
        Refusal(.unavailable, "The blob '\(path)' cannot be written: \(error)")
    }
}
