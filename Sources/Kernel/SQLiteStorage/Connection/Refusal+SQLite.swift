import GRDB
import GRDBSQLite
import Storage

extension Refusal {
    init(sqlite error: any Error, sql: String? = nil) {
        if let refusal = error as? Refusal {
            self = refusal
        } else if let error = error as? DatabaseError {
            self.init(sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "", sql: sql)
        } else {
            self.init(.storage, "\(error)")
        }
    }

    init(sqliteCode code: CInt, message: String, sql: String?) {
        let detail = "SQLite \(code): \(message)" + (sql.map { " in: \($0)" } ?? "")
        switch code & 0xFF {
        case SQLITE_INTERRUPT:
            self.init(.queryTooSlow, "The query took too long and was stopped. Narrow it, or ask for fewer rows.")
        case SQLITE_CONSTRAINT where code == uniqueConstraint || code == primaryKeyConstraint:
            self.init(.alreadyExists, "A row with this key exists already.")
        case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED: self.init(.unavailable, detail)
        default: self.init(.storage, detail)
        }
    }
}

// The extended codes are macros with arithmetic, which Swift does not import.
private let uniqueConstraint: CInt = SQLITE_CONSTRAINT | (8 << 8)
private let primaryKeyConstraint: CInt = SQLITE_CONSTRAINT | (6 << 8)
