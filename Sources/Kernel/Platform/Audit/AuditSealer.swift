import Logging
import Storage

/// Chains new rows of one database's logs every second and signs the head every minute.
///
/// Rows are hashed after they were committed, not while they are written: a chain inside the writers' transactions
/// would make every one of them wait for the one before. One process at a time seals: it holds a lease, and a block's
/// number can be taken only once.
public struct AuditSealer: Sendable {
    private static let lease = "audit.sealer"
    private static let rowsInABlock = 500

    private let database: any Database
    private let key: AuditKey
    private let holder: String
    private let checkpointSeconds: Double

    /// - Parameter holder: names this process among those that share the database.
    public init(database: any Database, key: AuditKey, holder: String, checkpointSeconds: Double = 60) {
        self.database = database
        self.key = key
        self.holder = holder
        self.checkpointSeconds = checkpointSeconds
    }

    /// Seals all rows that are there, block by block, and signs when it is time.
    /// - Returns: how many rows were sealed; 0 as well if another process has the lease.
    @discardableResult
    public func seal(_ context: OperationContext) async throws(Refusal) -> Int {
        var sealed = 0
        while true {
            let rows = try await sealBlock(context)
            sealed += rows
            if rows == 0 { break }
        }
        try await sign(context)
        return sealed
    }

    private func sealBlock(_ context: OperationContext) async throws(Refusal) -> Int {
        let pending = try await database.query(context) { reader throws(Refusal) in try PendingRows(in: reader) }
        guard let block = pending.block(at: context.now) else { return 0 }
        let holder = holder
        let wasTaken = try await database.write(context) { transaction throws(Refusal) in
            guard try transaction.takeLease(Self.lease, holder: holder) else { return false }
            guard try transaction.get(RowKey("audit_blocks", [("number", .int64(block.number))])) == nil else {
                return false
            }
            try block.insert(in: transaction)
            if let position = pending.audit.last?.position {
                try transaction.moveCursor(AuditCursor.audit, to: position)
            }
            if let position = pending.changes.last?.position {
                try transaction.moveCursor(AuditCursor.changes, to: position)
            }
            return true
        }
        return wasTaken ? pending.audit.count + pending.changes.count : 0
    }

    private func sign(_ context: OperationContext) async throws(Refusal) {
        let (key, holder, now, interval) = (key, holder, context.now, checkpointSeconds)
        let due = try await database.query(context) { reader throws(Refusal) -> AuditCheckpoint? in
            let last = try reader.row("SELECT sealed, time FROM audit_checkpoints ORDER BY sealed DESC LIMIT 1")
            if let last, now.seconds(since: last.instant("time")) < interval { return nil }
            guard let block = try AuditBlock.last(in: reader), block.number != last?.int64("sealed") else { return nil }
            return AuditCheckpoint(number: block.number, time: now, head: block.head)
        }
        guard let checkpoint = due else { return }
        let signature = try key.sign(checkpoint)
        let wasSigned = try await database.write(context) { transaction throws(Refusal) in
            guard try transaction.takeLease(Self.lease, holder: holder) else { return false }
            let row = RowKey("audit_checkpoints", [("sealed", .int64(checkpoint.number))])
            guard try transaction.get(row) == nil else { return false }
            try transaction.execute(
                "INSERT INTO audit_checkpoints (sealed, time, hash, signature, key_id) VALUES (?, ?, ?, ?, ?)",
                [
                    .int64(checkpoint.number), .instant(checkpoint.time), .bytes(checkpoint.head), .bytes(signature),
                    .text(key.id),
                ])
            return true
        }
        guard wasSigned else { return }
        // Logs usually leave the machine, so this line is the anchor against somebody who rewrites the whole database.
        context.logger.info(
            "audit checkpoint",
            metadata: ["block": "\(checkpoint.number)", "head": "\(checkpoint.head.hexadecimal)", "key": "\(key.id)"])
    }

    /// What is not sealed yet, at most one block of it, with the head it will be chained to.
    private struct PendingRows: Sendable {
        var audit: [AuditRecord]
        var changes: [ChangeRecord]
        var last: AuditBlock?

        init(in reader: any Reader) throws(Refusal) {
            audit = try AuditLog.read(
                after: reader.cursor(AuditCursor.audit), limit: AuditSealer.rowsInABlock, in: reader)
            changes = try ChangeLog.read(
                after: reader.cursor(AuditCursor.changes), limit: AuditSealer.rowsInABlock, in: reader)
            last = try AuditBlock.last(in: reader)
        }

        func block(at now: Instant) -> AuditBlock? {
            guard !audit.isEmpty || !changes.isEmpty else { return nil }
            return AuditBlock(
                number: (last?.number ?? 0) + 1, time: now, audit: audit.map { AuditLeaf($0) },
                changes: changes.map { AuditLeaf($0) }, after: last?.head ?? AuditBlock.genesis)
        }
    }
}

/// How far the sealer has read the two logs.
enum AuditCursor {
    static let audit = "audit.audit-log"
    static let changes = "audit.change-log"
}
