extension ChangeLog {
    /// Every change of some types after a place that this reader's state of the database holds, in the order of the
    /// log, below the horizon or not: what must be undone to come from the tables of this state to those of that place.
    ///
    /// Reads all that lies between: for the start of a reader that is behind, not for following the log.
    /// - Parameter keys: only changes of these; nil: of all.
    public static func committed(
        after position: LogPosition, types: [EventType], keys: [String]? = nil, in reader: any Reader
    ) throws(Refusal) -> [ChangeRecord] {
        if types.isEmpty || keys?.isEmpty == true { return [] }
        var condition = position.conditionOfCommitted(reader.dialect)
        condition = .all([condition, .isOne("type", of: types.map(\.rawValue))])
        if let keys { condition = .all([condition, .isOne("key", of: keys)]) }
        var changes: [ChangeRecord] = []
        try reader.forEach(
            """
            SELECT seq, txid, time, tenant, space, type, key, actor, request_id, before, after FROM change_log
            WHERE \(condition.sql) ORDER BY \(LogPosition.order(reader.dialect))
            """, condition.arguments
        ) { row throws(Refusal) in changes.append(ChangeRecord(row)) }
        return changes
    }
}

extension LogPosition {
    fileprivate func conditionOfCommitted(_ dialect: Dialect) -> SQLFragment {
        switch dialect {
        case .sqlite: SQLFragment("seq > ?", [.int64(sequence)])
        case .postgresql: SQLFragment("(txid, seq) > (?, ?)", [.int64(transaction), .int64(sequence)])
        }
    }
}

extension SQLFragment {
    fileprivate static func isOne(_ column: String, of values: [String]) -> SQLFragment {
        SQLFragment(
            "\(column) IN (\(values.map { _ in "?" }.joined(separator: ", ")))", values.map { .text($0) })
    }
}
