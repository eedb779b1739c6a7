import Storage

/// A block with the rows that it seals and its signature, as they lie in the database now.
struct AuditPage: Sendable {
    var block: AuditBlock
    /// Digests of the rows now, by sequence.
    var auditRows: [Int64: [UInt8]]
    var changeRows: [Int64: [UInt8]]
    var checkpoint: (statement: AuditCheckpoint, signature: [UInt8], keyID: String)?

    static func read(after number: Int64, limit: Int, in reader: any Reader) throws(Refusal) -> [AuditPage] {
        let rows = try reader.rows(
            "SELECT * FROM audit_blocks WHERE number > ? ORDER BY number LIMIT ?", [.int64(number), .int(limit)])
        var pages: [AuditPage] = []
        for row in rows { pages.append(try AuditPage(AuditBlock(row: row), in: reader)) }
        return pages
    }

    private init(_ block: AuditBlock, in reader: any Reader) throws(Refusal) {
        self.block = block
        auditRows = try Self.digests("audit_log", of: block.auditLeaves, in: reader) { AuditLeaf(AuditRecord($0)) }
        changeRows = try Self.digests("change_log", of: block.changeLeaves, in: reader) { AuditLeaf(ChangeRecord($0)) }
        let key = RowKey("audit_checkpoints", [("sealed", .int64(block.number))])
        checkpoint = try reader.get(key).map { row in
            let statement = AuditCheckpoint(
                number: block.number, time: row.instant("time"), head: row.bytes("hash"))
            return (statement, row.bytes("signature"), row.text("key_id"))
        }
    }

    private static func digests(
        _ table: String, of leaves: [UInt8], in reader: any Reader, _ leaf: (Row) -> AuditLeaf
    ) throws(Refusal) -> [Int64: [UInt8]] {
        guard let list = AuditLeaf.list(leaves), !list.isEmpty else { return [:] }
        let sequences = list.map(\.sequence)
        var digests: [Int64: [UInt8]] = [:]
        try reader.forEach(
            "SELECT * FROM \(table) WHERE seq BETWEEN ? AND ?",
            [.int64(sequences.min() ?? 0), .int64(sequences.max() ?? 0)]
        ) { row throws(Refusal) in
            let leaf = leaf(row)
            digests[leaf.sequence] = leaf.digest
        }
        return digests
    }
}

extension AuditPage {
    /// What is wrong with the block, if it should follow `number` and `head`.
    func fault(after number: Int64, _ head: [UInt8], _ keys: [AuditKey]) -> AuditReport.Fault? {
        if block.number != number + 1 {
            return fault("audit_blocks", "Block \(number + 1) is missing; the next one is \(block.number).")
        }
        if block.head != block.head(after: head) {
            return fault("audit_blocks", "The block does not follow from the one before: it was changed.")
        }
        return rowFault("audit_log", block.auditLeaves, auditRows)
            ?? rowFault("change_log", block.changeLeaves, changeRows) ?? checkpointFault(keys)
    }

    private func rowFault(_ table: String, _ leaves: [UInt8], _ rows: [Int64: [UInt8]]) -> AuditReport.Fault? {
        guard let list = AuditLeaf.list(leaves) else { return fault(table, "The block's list of rows is damaged.") }
        for leaf in list {
            guard let digest = rows[leaf.sequence] else {
                return fault(table, "The row was removed after it was sealed.", leaf.sequence)
            }
            if digest != leaf.digest { return fault(table, "The row was changed after it was sealed.", leaf.sequence) }
        }
        return nil
    }

    private func checkpointFault(_ keys: [AuditKey]) -> AuditReport.Fault? {
        guard let (statement, signature, keyID) = checkpoint else { return nil }
        guard let key = keys.first(where: { $0.id == keyID }) else {
            return fault("audit_checkpoints", "The checkpoint is signed with the unknown key '\(keyID)'.")
        }
        if statement.head == block.head, key.hasSigned(statement, signature) { return nil }
        return fault("audit_checkpoints", "The checkpoint's signature does not fit the chain: it was rewritten.")
    }

    private func fault(_ table: String, _ detail: String, _ sequence: Int64? = nil) -> AuditReport.Fault {
        AuditReport.Fault(block: block.number, table: table, sequence: sequence, detail: detail)
    }

    /// Rows that wait for the sealer, and rows, or checkpoints, that claim a place in the chain which they do not have.
    static func faultOutsideBlocks(
        lastBlock: Int64, sealed: (audit: Int, changes: Int), in reader: any Reader
    ) throws(Refusal) -> (unsealed: Int, fault: AuditReport.Fault?) {
        let beyond = try reader.count("SELECT count(*) FROM audit_checkpoints WHERE sealed > ?", [.int64(lastBlock)])
        if beyond > 0 {
            let detail = "Blocks after \(lastBlock) were signed once and are gone."
            return (0, AuditReport.Fault(block: nil, table: "audit_checkpoints", sequence: nil, detail: detail))
        }
        var unsealed = 0
        for (table, cursor, sealed) in [
            ("audit_log", AuditCursor.audit, sealed.audit), ("change_log", AuditCursor.changes, sealed.changes),
        ] {
            let position = try reader.cursor(cursor)
            let arguments: [SQLValue] = [
                .int64(position.transaction), .int64(position.transaction), .int64(position.sequence),
            ]
            let passed = try reader.count(
                "SELECT count(*) FROM \(table) WHERE txid < ? OR (txid = ? AND seq <= ?)", arguments)
            let all = try reader.count("SELECT count(*) FROM \(table)")
            unsealed += all - passed
            // Fewer: the log was restored, and the sealer goes once more through rows that it had sealed.
            if passed <= sealed { continue }
            let detail = "\(passed) rows lie where \(sealed) were sealed: rows were added behind the sealer."
            return (unsealed, AuditReport.Fault(block: nil, table: table, sequence: nil, detail: detail))
        }
        return (unsealed, nil)
    }
}
