import Crypto
import Storage

/// Some rows of the audit and of the change log, chained to the block before.
struct AuditBlock: Sendable, Hashable {
    /// The head before the first block.
    static let genesis = Array(SHA256.hash(data: Array("higo audit chain 1".utf8)))

    /// From 1, without gaps.
    var number: Int64
    var time: Instant
    var auditLeaves: [UInt8]
    var changeLeaves: [UInt8]
    /// The chain's value after this block.
    var head: [UInt8]

    init(number: Int64, time: Instant, audit: [AuditLeaf], changes: [AuditLeaf], after previous: [UInt8]) {
        self.number = number
        self.time = time
        auditLeaves = audit.flatMap(\.bytes)
        changeLeaves = changes.flatMap(\.bytes)
        head = []
        head = head(after: previous)
    }

    init(row: Row) {
        number = row.int64("number")
        time = row.instant("time")
        auditLeaves = row.bytes("audit_leaves")
        changeLeaves = row.bytes("change_leaves")
        head = row.bytes("head")
    }

    /// SHA-256 over the head before, the number, the time, and both lists of leaves with their lengths.
    func head(after previous: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: bigEndian(UInt64(bitPattern: number)))
        hash.update(data: bigEndian(UInt64(bitPattern: time.microseconds)))
        for leaves in [auditLeaves, changeLeaves] {
            hash.update(data: bigEndian(UInt64(leaves.count)))
            hash.update(data: leaves)
        }
        return Array(hash.finalize())
    }

    func insert(in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            "INSERT INTO audit_blocks (number, time, audit_leaves, change_leaves, head) VALUES (?, ?, ?, ?, ?)",
            [.int64(number), .instant(time), .bytes(auditLeaves), .bytes(changeLeaves), .bytes(head)])
    }

    static func last(in reader: any Reader) throws(Refusal) -> AuditBlock? {
        try reader.row("SELECT * FROM audit_blocks ORDER BY number DESC LIMIT 1").map(AuditBlock.init(row:))
    }
}
