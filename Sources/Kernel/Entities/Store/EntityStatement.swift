import Storage

/// The statements that write entities, in the order in which a block of writes runs them.
enum EntityStatement: Int, CaseIterable {
    case deleteEntity, deleteType, deleteNumber, deleteText, deleteInstant, deleteScope, deleteExpiry
    case insertEntity, updateEntity, updateState, insertType, insertNumber, insertText, insertInstant, insertScope
    case insertExpiry, insertTombstone

    var sql: String {
        switch self {
        case .deleteEntity: "DELETE FROM entities WHERE space = ? AND id = ?"
        case .deleteType: EntityRow.deleteType
        case .deleteNumber: Self.deleteValue("entity_numbers")
        case .deleteText: Self.deleteValue("entity_texts")
        case .deleteInstant: Self.deleteValue("entity_instants")
        case .deleteScope: "DELETE FROM entity_scopes WHERE space = ? AND scope = ? AND number = ?"
        case .deleteExpiry: "DELETE FROM entity_expiries WHERE expires = ? AND number = ?"
        case .insertEntity: EntityRow.insert
        case .updateEntity: EntityRow.update
        case .updateState: EntityRow.updateState
        case .insertType: EntityRow.insertType
        case .insertNumber: Self.insertValue("entity_numbers")
        case .insertText: Self.insertValue("entity_texts")
        case .insertInstant: Self.insertValue("entity_instants")
        case .insertScope: "INSERT INTO entity_scopes (space, scope, number) VALUES (?, ?, ?)"
        case .insertExpiry: "INSERT INTO entity_expiries (expires, number, space, id) VALUES (?, ?, ?, ?)"
        case .insertTombstone:
            """
            INSERT INTO entity_tombstones (space, id, number, types, owner, visibility, deleted)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        }
    }

    private static func insertValue(_ table: String) -> String {
        "INSERT INTO \(table) (space, type, attribute, value, number) VALUES (?, ?, ?, ?, ?)"
    }

    private static func deleteValue(_ table: String) -> String {
        "DELETE FROM \(table) WHERE space = ? AND type = ? AND attribute = ? AND value = ? AND number = ?"
    }
}

/// Rows for the statements, gathered so that each statement runs once for all of its rows.
struct EntityStatements {
    private var rows: [[[SQLValue]]] = Array(repeating: [], count: EntityStatement.allCases.count)
    private var boxes: [(number: Int64, box: GeoIndex.Box)] = []
    private var boxless: [Int64] = []
    private var changes: [Change] = []

    mutating func add(_ statement: EntityStatement, _ row: [SQLValue]) { rows[statement.rawValue].append(row) }

    mutating func put(_ number: Int64, _ box: GeoIndex.Box?) {
        if let box { boxes.append((number, box)) } else { boxless.append(number) }
    }

    mutating func record(_ change: Change) { changes.append(change) }

    func run(in transaction: any Transaction) throws(Refusal) {
        for number in boxless { try EntitySchema.geo.remove(number, in: transaction) }
        for statement in EntityStatement.allCases where !rows[statement.rawValue].isEmpty {
            try transaction.executeMany(statement.sql, rows[statement.rawValue])
        }
        if !boxes.isEmpty { try EntitySchema.geo.putMany(boxes, in: transaction) }
        try transaction.record(changes)
    }
}
