import Storage

extension TestPlatform {
    /// Waits until all that was written to the logs may be read (see `waitForHorizon`).
    public func waitForHorizon() async throws { try await HigoTesting.waitForHorizon(of: databases.main) }
}

/// Waits until the last rows of both logs lie below the horizon. On PostgreSQL other tests' open transactions, on the
/// same server, hold it back for some milliseconds.
public func waitForHorizon(of database: any Database) async throws {
    var isReadable = false
    while !isReadable {
        isReadable = try await database.query(.test()) { reader throws(Refusal) in
            if let last = try reader.lastPosition("change_log") {
                guard try !ChangeLog.read(after: last.predecessor, limit: 1, in: reader).isEmpty else { return false }
            }
            if let last = try reader.lastPosition("audit_log") {
                guard try !AuditLog.read(after: last.predecessor, limit: 1, in: reader).isEmpty else { return false }
            }
            return true
        }
        if !isReadable { try await Task.sleep(for: .milliseconds(1)) }
    }
}

extension Reader {
    fileprivate func lastPosition(_ table: String) throws(Refusal) -> LogPosition? {
        try row("SELECT txid, seq FROM \(table) ORDER BY txid DESC, seq DESC LIMIT 1").map {
            LogPosition(transaction: $0.int64("txid"), sequence: $0.int64("seq"))
        }
    }
}

extension LogPosition {
    fileprivate var predecessor: LogPosition { LogPosition(transaction: transaction, sequence: sequence - 1) }
}
