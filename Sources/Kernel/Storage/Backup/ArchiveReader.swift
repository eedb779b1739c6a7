import Crypto
import Foundation
import JSON

/// Reads a tar file entry by entry.
///
/// `@unchecked Sendable`: its calls follow one another.
final class ArchiveReader: @unchecked Sendable {
    private let file: FileHandle
    private let path: String
    private var hash = SHA256()
    /// Entries larger than this are only copied, never held.
    static let largestHeld: Int64 = 1 << 30

    init(path: String) throws(Refusal) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Refusal(.notFound, "The file '\(path)' cannot be read.")
        }
        self.file = file
        self.path = path
    }

    /// Hands over each entry, with a way to take its bytes piece by piece.
    func forEach(
        _ body: (TarHeader, _ next: () throws(Refusal) -> [UInt8]?) async throws(Refusal) -> Void
    ) async throws(Refusal) {
        while let header = try TarHeader(bytes: read(TarHeader.size)) {
            var rest = header.size
            let next = { () throws(Refusal) -> [UInt8]? in
                if rest == 0 { return nil }
                let bytes = try self.read(Int(min(rest, 1 << 20)))
                rest -= Int64(bytes.count)
                return bytes
            }
            try await body(header, next)
            while try next() != nil {}
            _ = try read(TarHeader.padding(of: header.size))
        }
    }

    /// Reads the whole archive and refuses it unless it is complete and unchanged.
    func check() async throws(Refusal) {
        var entries = 0
        var isFirst = true
        var isComplete = false
        try await forEach { header, next throws(Refusal) in
            if isComplete { throw self.damaged }
            if header.name == "complete.json" {
                isComplete = try self.isMark(try Self.all(next), entries)
                return
            }
            if isFirst { try self.checkFormat(header.name, try Self.all(next)) }
            isFirst = false
            entries += 1
        }
        guard isComplete else { throw damaged }
    }

    static func all(_ next: () throws(Refusal) -> [UInt8]?) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try next() {
            bytes += piece
            if bytes.count > largestHeld { throw Refusal(.tooLarge, "An entry of the backup is too large.") }
        }
        return bytes
    }

    private var digestBeforeMark = ""

    private func isMark(_ bytes: [UInt8], _ entries: Int) throws(Refusal) -> Bool {
        let mark = try? JSON(parsing: bytes)
        return mark?["entries"]?.intValue == entries && mark?["sha256"]?.stringValue == digestBeforeMark
    }

    private func checkFormat(_ name: String, _ bytes: [UInt8]) throws(Refusal) {
        let head = try? JSON(parsing: bytes)
        guard name == "higo.json", head?["format"]?.stringValue == Archive.format else {
            throw Refusal(.invalid, "'\(path)' is not a backup of Higo.")
        }
        guard head?["version"]?.intValue == Archive.version else {
            throw Refusal(.invalid, "'\(path)' was made by a newer Higo. Restore it with that.")
        }
    }

    private var damaged: Refusal {
        Refusal(.invalid, "The backup '\(path)' is damaged or was not finished. Nothing was restored.")
    }

    private func read(_ count: Int) throws(Refusal) -> [UInt8] {
        if count == 0 { return [] }
        // The digest covers everything before the header of the mark, whichever header that is.
        if count == TarHeader.size { digestBeforeMark = Self.hex(hash) }
        let bytes = Array((try? file.read(upToCount: count)) ?? Data())
        guard bytes.count == count else { throw damaged }
        hash.update(data: bytes)
        return bytes
    }

    private static func hex(_ hash: SHA256) -> String {
        hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
