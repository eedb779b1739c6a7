import Crypto
import Foundation
import Storage

/// What tells one state of a file from another.
public struct FileIdentity: Sendable, Equatable {
    /// The file's name without folders.
    public var name: String
    public var size: Int64
    /// When it was last written, in microseconds since 1970.
    public var modified: Int64

    /// The name up to its first point: `toshibus` of `toshibus.gtfs.zip`.
    package var stem: String { String(name.prefix { $0 != "." }) }

    package init(path: String) throws(Refusal) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            facts[.type] as? FileAttributeType == .typeRegular
        else { throw Refusal(.notFound, "There is no file \(path).") }
        name = URL(fileURLWithPath: path).lastPathComponent
        size = (facts[.size] as? NSNumber)?.int64Value ?? 0
        modified = Int64(((facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0) * 1_000_000)
    }

    /// SHA-256 of the content, read in pieces.
    package static func digest(path: String) throws(Refusal) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Refusal(.notFound, "The file \(path) cannot be opened.")
        }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        } catch {
            throw Refusal(.unavailable, "The file \(path) cannot be read: \(error)")
        }
        return Hex.text(hash.finalize())
    }
}
