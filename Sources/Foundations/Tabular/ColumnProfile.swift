/// The narrowest type that holds every value of a column.
public enum ColumnType: String, Sendable, CaseIterable {
    /// No row has a value here.
    case empty
    case boolean, integer, decimal, date, time, timestamp, text
}

/// What the rows seen so far tell about a column.
public struct ColumnProfile: Sendable, Equatable {
    public private(set) var type = ColumnType.empty
    public private(set) var filled = 0
    public private(set) var blank = 0
    /// Longest value in bytes of UTF-8.
    public private(set) var longest = 0

    public init() {}

    public mutating func note(_ value: CellValue, length: Int) {
        guard value != .empty else {
            blank += 1
            return
        }
        filled += 1
        longest = max(longest, length)
        type = ColumnProfile.joined(type, ColumnProfile.type(of: value))
    }

    private static func type(of value: CellValue) -> ColumnType {
        switch value {
        case .empty: .empty
        case .boolean: .boolean
        case .integer: .integer
        case .decimal: .decimal
        case .date: .date
        case .time: .time
        case .timestamp: .timestamp
        case .text: .text
        }
    }

    private static func joined(_ known: ColumnType, _ new: ColumnType) -> ColumnType {
        if known == .empty || known == new { return new }
        switch (known, new) {
        case (.integer, .decimal), (.decimal, .integer): return .decimal
        default: return .text
        }
    }
}

/// Profiles all columns of a table while its rows pass by.
public struct TableProfile: Sendable {
    public private(set) var columns: [ColumnProfile]

    public init(columnCount: Int) {
        columns = [ColumnProfile](repeating: ColumnProfile(), count: columnCount)
    }

    /// Takes a row into account; defective rows tell nothing.
    public mutating func note(_ row: TableRow) {
        guard row.defect == nil else { return }
        for index in columns.indices {
            row.withCell(index) { columns[index].noteCell($0) }
        }
    }
}

extension ColumnProfile {
    /// Once a column is text no further value can change that, so it is not parsed.
    mutating func noteCell(_ bytes: UnsafeBufferPointer<UInt8>) {
        if type == .text, !bytes.isEmpty {
            note(.text(""), length: bytes.count)
        } else {
            note(CellValue(utf8: bytes), length: bytes.count)
        }
    }
}
