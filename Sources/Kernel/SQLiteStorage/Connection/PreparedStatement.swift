import GRDB
import GRDBSQLite
import Storage

/// A statement that binds and reads `SQLValue`s without a detour. Confined to its connection's queue.
final class PreparedStatement {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }
    private var columns: Columns?
    /// How often SQLite had prepared the statement anew when `columns` were read: after a change of schema it does.
    private var preparations: CInt = 0

    init(_ statement: Statement) { self.statement = statement }

    var isBusy: Bool { sqlite3_stmt_busy(handle) != 0 }
    var writes: Bool { sqlite3_stmt_readonly(handle) == 0 }

    /// Runs to the end; the number of rows changed.
    func run(_ arguments: [SQLValue]) throws(Refusal) -> Int {
        try bind(arguments)
        defer { sqlite3_reset(handle) }
        let before = sqlite3_total_changes(sqlite3_db_handle(handle))
        while try step() {}
        return Int(sqlite3_total_changes(sqlite3_db_handle(handle)) - before)
    }

    func forEach(_ arguments: [SQLValue], _ body: (Storage.Row) throws(Refusal) -> Void) throws(Refusal) {
        try bind(arguments)
        defer { sqlite3_reset(handle) }
        while try step() { try body(row()) }
    }

    private func step() throws(Refusal) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let connection = sqlite3_db_handle(handle)
        throw Refusal(
            sqliteCode: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)),
            sql: String(cString: sqlite3_sql(handle)))
    }

    private func row() -> Storage.Row {
        let columns = currentColumns()
        var values: [SQLValue] = []
        values.reserveCapacity(columns.names.count)
        for position in 0..<CInt(columns.names.count) { values.append(value(at: position)) }
        return Storage.Row(columns: columns, values: values)
    }

    private func currentColumns() -> Columns {
        let preparations = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)
        if let columns, self.preparations == preparations { return columns }
        let names = (0..<sqlite3_column_count(handle)).map { position in
            sqlite3_column_name(handle, position).map { String(cString: $0) } ?? ""
        }
        let fresh = Columns(names)
        columns = fresh
        self.preparations = preparations
        return fresh
    }

    private func value(at position: CInt) -> SQLValue {
        switch sqlite3_column_type(handle, position) {
        case SQLITE_INTEGER: return .int64(sqlite3_column_int64(handle, position))
        case SQLITE_FLOAT: return .double(sqlite3_column_double(handle, position))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, position)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, position)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, position)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, position)))
            return .bytes(Array(bytes))
        default: return .null
        }
    }
}

extension PreparedStatement {
    private func bind(_ arguments: [SQLValue]) throws(Refusal) {
        let expected = Int(sqlite3_bind_parameter_count(handle))
        guard expected == arguments.count else {
            throw Refusal(
                .storage, "A statement takes \(expected) arguments, not \(arguments.count): \(statement.sql)")
        }
        for (index, argument) in arguments.enumerated() {
            let code = try bind(argument, at: CInt(index + 1))
            guard code == SQLITE_OK else {
                throw Refusal(sqliteCode: code, message: "binding argument \(index + 1)", sql: statement.sql)
            }
        }
    }

    private func bind(_ argument: SQLValue, at position: CInt) throws(Refusal) -> CInt {
        // SQLite copies what it is given.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch argument {
        case .null: return sqlite3_bind_null(handle, position)
        case .bool(let value): return sqlite3_bind_int64(handle, position, value ? 1 : 0)
        case .int64(let value): return sqlite3_bind_int64(handle, position, value)
        case .double(let value): return sqlite3_bind_double(handle, position, try value.checkedForStorage())
        case .bytes(let value):
            if value.isEmpty { return sqlite3_bind_zeroblob(handle, position, 0) }
            return sqlite3_bind_blob64(handle, position, value, UInt64(value.count), copied)
        case .text(let value):
            var text = try value.checkedForStorage()
            return text.withUTF8 { bytes in
                // An empty text may have no address, and none would mean NULL.
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_text(handle, position, "", 0, copied)
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text64(handle, position, $0, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        }
    }
}
