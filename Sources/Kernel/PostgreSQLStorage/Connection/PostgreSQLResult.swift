import CPQ
import Storage

/// The answer to one statement. Freed when nobody reads it any more.
final class PostgreSQLResult {
    private let handle: OpaquePointer
    private let columns: Columns
    private let types: [Oid]

    /// Takes over `handle`; refuses if it tells of an error.
    init(_ handle: OpaquePointer?, _ sql: String) throws(Refusal) {
        guard let handle else { throw Refusal(.unavailable, "PostgreSQL: the connection is gone.") }
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: break
        default:
            defer { PQclear(handle) }
            throw Refusal(postgreSQL: handle, sql: sql)
        }
        self.handle = handle
        let count = PQnfields(handle)
        columns = Columns((0..<count).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" })
        types = (0..<count).map { PQftype(handle, $0) }
    }

    deinit { PQclear(handle) }

    var changedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func forEach(_ body: (Row) throws(Refusal) -> Void) throws(Refusal) {
        for row in 0..<PQntuples(handle) { try body(self.row(row)) }
    }

    var first: Row? { PQntuples(handle) > 0 ? row(0) : nil }

    private func row(_ row: CInt) -> Row {
        Row(columns: columns, values: types.indices.map { value(row, CInt($0)) })
    }

    private func value(_ row: CInt, _ column: CInt) -> SQLValue {
        if PQgetisnull(handle, row, column) == 1 { return .null }
        let bytes = UnsafeBufferPointer(
            start: PQgetvalue(handle, row, column), count: Int(PQgetlength(handle, row, column)))
        switch types[Int(column)] {
        case 16: return .bool(bytes.first == CChar(bitPattern: UInt8(ascii: "t")))
        case 17: return .bytes(Self.bytes(hex: bytes))
        case 20, 21, 23: return Int64(Self.text(bytes)).map { .int64($0) } ?? .null
        case 700, 701: return Double(Self.text(bytes)).map { .double($0) } ?? .null
        case 1700: return Self.number(Self.text(bytes))
        default: return .text(Self.text(bytes))
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<CChar>) -> String {
        bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
    }

    /// Sums of whole numbers come as `numeric`; SQLite gives whole numbers back.
    private static func number(_ text: String) -> SQLValue {
        Int64(text).map { .int64($0) } ?? Double(text).map { .double($0) } ?? .text(text)
    }

    /// `\x` and two digits a byte.
    private static func bytes(hex: UnsafeBufferPointer<CChar>) -> [UInt8] {
        func digit(_ character: CChar) -> UInt8 {
            let value = UInt8(bitPattern: character)
            return value < 0x40 ? value & 0x0F : (value & 0x0F) + 9
        }
        guard hex.count > 2 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: hex.count / 2 - 1) { bytes, count in
            count = hex.count / 2 - 1
            for index in 0..<count {
                bytes[index] = digit(hex[2 * index + 2]) << 4 | digit(hex[2 * index + 3])
            }
        }
    }
}
