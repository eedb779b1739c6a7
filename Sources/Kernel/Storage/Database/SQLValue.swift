/// One value of a row or a parameter, the same on every database.
public enum SQLValue: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case int64(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])

    public static func int(_ value: Int) -> SQLValue { .int64(Int64(value)) }
    public static func instant(_ value: Instant) -> SQLValue { .int64(value.microseconds) }
    public static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    public static func optional(_ value: Int64?) -> SQLValue { value.map { .int64($0) } ?? .null }
    public static func optional(_ value: Double?) -> SQLValue { value.map { .double($0) } ?? .null }
    public static func optional(_ value: Instant?) -> SQLValue { value.map { .instant($0) } ?? .null }
    public static func optional(_ value: [UInt8]?) -> SQLValue { value.map { .bytes($0) } ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .int64(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(nilLiteral: ()) { self = .null }
}

/// The columns of one answer, shared by its rows.
public final class Columns: Sendable {
    public let names: [String]
    private let index: [String: Int]

    public init(_ names: [String]) {
        self.names = names
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func position(of name: String) -> Int? { index[name] }
}

/// One row of an answer.
public struct Row: Sendable {
    public let columns: Columns
    public let values: [SQLValue]

    public init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column; `.null` if the answer has no such column.
    public subscript(name: String) -> SQLValue { columns.position(of: name).map { values[$0] } ?? .null }
    public subscript(position: Int) -> SQLValue { values[position] }

    public func optionalText(_ name: String) -> String? { if case .text(let value) = self[name] { value } else { nil } }
    public func text(_ name: String) -> String { optionalText(name) ?? "" }
    public func optionalBytes(_ name: String) -> [UInt8]? {
        switch self[name] {
        case .bytes(let value): value
        case .text(let value): Array(value.utf8)
        default: nil
        }
    }
    public func bytes(_ name: String) -> [UInt8] { optionalBytes(name) ?? [] }
    public func optionalInt64(_ name: String) -> Int64? {
        switch self[name] {
        case .int64(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }
    public func int64(_ name: String) -> Int64 { optionalInt64(name) ?? 0 }
    public func int(_ name: String) -> Int { Int(int64(name)) }
    public func optionalDouble(_ name: String) -> Double? {
        switch self[name] {
        case .double(let value): value
        case .int64(let value): Double(value)
        default: nil
        }
    }
    public func double(_ name: String) -> Double { optionalDouble(name) ?? 0 }
    public func bool(_ name: String) -> Bool { int64(name) != 0 }
    public func optionalInstant(_ name: String) -> Instant? { optionalInt64(name).map(Instant.init(microseconds:)) }
    public func instant(_ name: String) -> Instant { Instant(microseconds: int64(name)) }
}
