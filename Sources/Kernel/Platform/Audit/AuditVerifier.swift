import Storage

/// Goes through a database's audit chain from the first block and says up to when it is whole and where it is broken.
public struct AuditVerifier: Sendable {
    private static let blocksInAPage = 20

    let database: any Database
    let keys: [AuditKey]

    /// - Parameter keys: those that may have signed checkpoints: this installation's own.
    public init(database: any Database, keys: [AuditKey]) {
        self.database = database
        self.keys = keys
    }

    /// Reads everything once. Needs `platform.audit.read`.
    public func verify(_ context: OperationContext) async throws(Refusal) -> AuditReport {
        try context.require(.readAudit)
        var walk = ChainWalk()
        while walk.fault == nil {
            let (number, keys) = (walk.number, keys)
            let page = try await database.query(context) { reader throws(Refusal) in
                try AuditPage.read(after: number, limit: Self.blocksInAPage, in: reader)
            }
            guard !page.isEmpty else { break }
            for sealed in page where walk.fault == nil { walk.take(sealed, keys) }
        }
        if walk.fault == nil {
            let (number, rows) = (walk.number, walk.rowsByTable)
            let outside = try await database.query(context) { reader throws(Refusal) in
                try AuditPage.faultOutsideBlocks(lastBlock: number, sealed: rows, in: reader)
            }
            walk.report.unsealed = outside.unsealed
            walk.report.fault = outside.fault
        }
        return walk.report
    }
}

/// Follows the chain block by block.
struct ChainWalk {
    var report = AuditReport()
    /// The last good block.
    private(set) var number: Int64 = 0
    /// The sequences of the rows that blocks seal. After a restore some are sealed again, and count once.
    private var audit = RangeSet<Int64>()
    private var changes = RangeSet<Int64>()
    private var head = AuditBlock.genesis

    var fault: AuditReport.Fault? { report.fault }

    var rowsByTable: (audit: Int, changes: Int) { (Self.count(audit), Self.count(changes)) }

    private static func count(_ sequences: RangeSet<Int64>) -> Int {
        Int(sequences.ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) })
    }

    mutating func take(_ sealed: AuditPage, _ keys: [AuditKey]) {
        let block = sealed.block
        if let fault = sealed.fault(after: number, head, keys) {
            report.fault = fault
            return
        }
        number = block.number
        head = block.head
        for leaf in AuditLeaf.list(block.auditLeaves) ?? [] { audit.insert(contentsOf: leaf.place) }
        for leaf in AuditLeaf.list(block.changeLeaves) ?? [] { changes.insert(contentsOf: leaf.place) }
        report.wholeUntil = block.time
        report.blocks += 1
        report.rows += (block.auditLeaves.count + block.changeLeaves.count) / AuditLeaf.size
        guard sealed.checkpoint != nil else { return }
        report.checkpoints += 1
        report.signedUntilBlock = block.number
    }
}

extension AuditLeaf {
    fileprivate var place: Range<Int64> { sequence..<sequence + 1 }
}
