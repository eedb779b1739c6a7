import Storage

/// Rows of the value indexes: one for each type of the entity, attribute and value.
struct ValueRows {
    typealias Row = (table: String, arguments: [SQLValue])

    let transaction: any Transaction

    init(_ transaction: any Transaction) { self.transaction = transaction }

    static func rows(of entity: StoredEntity, _ values: Set<IndexedValue>) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(values.count * entity.types.count)
        for value in values {
            for type in entity.types {
                rows.append(
                    (
                        value.table,
                        [
                            .text(entity.space), .text(type), .text(value.attribute), value.sql, .int64(entity.number),
                        ]
                    ))
            }
        }
        return rows
    }

    func insert(_ rows: [Row]) throws(Refusal) {
        for (table, rows) in Self.grouped(rows) {
            try transaction.executeMany(
                "INSERT INTO \(table) (space, type, attribute, value, number) VALUES (?, ?, ?, ?, ?)", rows)
        }
    }

    func remove(_ rows: [Row]) throws(Refusal) {
        for (table, rows) in Self.grouped(rows) {
            try transaction.executeMany(
                "DELETE FROM \(table) WHERE space = ? AND type = ? AND attribute = ? AND value = ? AND number = ?", rows
            )
        }
    }

    private static func grouped(_ rows: [Row]) -> [(String, [[SQLValue]])] {
        if rows.count == 1 { return [(rows[0].table, [rows[0].arguments])] }
        return Dictionary(grouping: rows, by: \.table).sorted { $0.key < $1.key }
            .map { ($0.key, $0.value.map(\.arguments)) }
    }
}
