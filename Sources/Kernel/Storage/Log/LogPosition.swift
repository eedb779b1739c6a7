/// A place in a log, in the order in which its rows may be read: by transaction, then by sequence.
public struct LogPosition: Sendable, Hashable, Comparable, Codable {
    /// 0 on a database whose sequences commit in order.
    public var transaction: Int64
    public var sequence: Int64

    public init(transaction: Int64, sequence: Int64) {
        self.transaction = transaction
        self.sequence = sequence
    }

    /// Before the first row.
    public static let start = LogPosition(transaction: 0, sequence: 0)

    public static func < (left: LogPosition, right: LogPosition) -> Bool {
        (left.transaction, left.sequence) < (right.transaction, right.sequence)
    }
}

extension LogPosition {
    /// Rows after this place and below the horizon: no transaction that is still open can put a row before them.
    func condition(_ dialect: Dialect) -> SQLFragment {
        switch dialect {
        case .sqlite: SQLFragment("seq > ?", [.int64(sequence)])
        case .postgresql:
            SQLFragment(
                "(txid, seq) > (?, ?) AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
                [.int64(transaction), .int64(sequence)])
        }
    }

    static func order(_ dialect: Dialect) -> String { dialect == .sqlite ? "seq" : "txid, seq" }
}
