import Crypto
import Storage

/// One sealed row: its number in its log and the digest of what it says.
struct AuditLeaf: Sendable, Hashable {
    static let size = 40

    var sequence: Int64
    var digest: [UInt8]

    init(sequence: Int64, digest: [UInt8]) {
        self.sequence = sequence
        self.digest = digest
    }

    /// Reads leaves that were written one after the other; `nil` if the bytes are no such list.
    static func list(_ bytes: [UInt8]) -> [AuditLeaf]? {
        guard bytes.count.isMultiple(of: size) else { return nil }
        return stride(from: 0, to: bytes.count, by: size).map { start in
            let sequence = bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return AuditLeaf(
                sequence: Int64(bitPattern: sequence), digest: Array(bytes[start + 8..<start + size]))
        }
    }

    var bytes: [UInt8] { bigEndian(UInt64(bitPattern: sequence)) + digest }
}

extension AuditLeaf {
    /// What an audit row says, hashed.
    init(_ record: AuditRecord) {
        var row = HashedRow("audit")
        row.add(record.position.sequence)
        row.add(record.time.microseconds)
        for text in [
            record.tenant.rawValue, record.event.action.rawValue, record.event.subject, record.actor, record.purpose,
            record.requestID,
        ] { row.add(Array(text.utf8)) }
        row.add(record.event.detail)
        self.init(sequence: record.position.sequence, digest: row.digest)
    }

    /// What a row of the change log says, hashed.
    init(_ record: ChangeRecord) {
        var row = HashedRow("change")
        row.add(record.sequence)
        row.add(record.time.microseconds)
        for text in [
            record.tenant.rawValue, record.change.space, record.change.type.rawValue, record.change.key, record.actor,
            record.requestID,
        ] { row.add(Array(text.utf8)) }
        row.add(record.change.before)
        row.add(record.change.after)
        self.init(sequence: record.sequence, digest: row.digest)
    }
}

/// A row's fields with their lengths, so that no two rows hash the same bytes.
private struct HashedRow {
    private var hash = SHA256()

    init(_ table: String) { add(Array(table.utf8)) }

    mutating func add(_ bytes: [UInt8]?) {
        guard let bytes else { return hash.update(data: bigEndian(UInt64.max)) }
        hash.update(data: bigEndian(UInt64(bytes.count)))
        hash.update(data: bytes)
    }

    mutating func add(_ number: Int64) { hash.update(data: bigEndian(UInt64(bitPattern: number))) }

    var digest: [UInt8] { Array(hash.finalize()) }
}

func bigEndian(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
