/// One row of a table: the bytes as they stood in the file (as UTF-8), and where its cells are in them.
public struct TableRow: Sendable {
    /// 1-based line of the file on which the row begins.
    public let line: Int
    /// 1-based number among the rows of data.
    public let number: Int
    /// Why the row cannot be taken as it is, if so.
    public let defect: RowDefect?
    /// The row as written, quotes included, without the line end.
    public let rawBytes: [UInt8]
    let cells: [CellSpan]

    init(line: Int, number: Int, defect: RowDefect?, rawBytes: [UInt8], cells: [CellSpan]) {
        self.line = line
        self.number = number
        self.defect = defect
        self.rawBytes = rawBytes
        self.cells = cells
    }

    /// How many cells the row has, which for a defective row may differ from the table's columns.
    public var count: Int { cells.count }

    /// The row as written; what was no text is shown as U+FFFD.
    public var rawText: String { String(decoding: rawBytes, as: UTF8.self) }

    /// Text of a cell, quotes resolved; empty beyond the row's end.
    public subscript(_ column: Int) -> String {
        withCell(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// All cells as text.
    public var texts: [String] { (0..<count).map { self[$0] } }

    public func isEmpty(_ column: Int) -> Bool {
        column >= cells.count || cells[column].isEmpty
    }

    /// Hands the UTF-8 bytes of a cell to `body` without making a String; no bytes beyond the row's end.
    public func withCell<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
        guard cells.indices.contains(column) else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        let span = cells[column]
        guard span.hasDoubledQuotes else {
            return try rawBytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[span.range])) }
        }
        return try unescaped(span.range).withUnsafeBufferPointer(body)
    }

    private func unescaped(_ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            result.append(rawBytes[index])
            index += rawBytes[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        return result
    }
}

/// What is wrong with a single row.
public enum RowDefect: Equatable, Sendable {
    case ragged(expected: Int, found: Int)
    case invalidText
    case nulByte
    case textAfterQuote
    case unclosedQuote
}

extension RowDefect: CustomStringConvertible {
    public var description: String {
        switch self {
        case .ragged(let expected, let found): "The row has \(found) cells where the header has \(expected)."
        case .invalidText: "The row holds bytes that are no text in the encoding of the file."
        case .nulByte: "The row holds a NUL byte."
        case .textAfterQuote: "Text follows a closing quote inside a cell. Double the quotes that belong to the text."
        case .unclosedQuote: "A quote is opened and never closed."
        }
    }
}

/// Place of a cell in its row: 31 bits of start, 32 of end, one for doubled quotes.
struct CellSpan: Sendable {
    private let packed: UInt64

    init(start: Int, end: Int, hasDoubledQuotes: Bool) {
        packed = UInt64(start) << 33 | UInt64(end) << 1 | (hasDoubledQuotes ? 1 : 0)
    }

    var hasDoubledQuotes: Bool { packed & 1 == 1 }
    var range: Range<Int> { Int(packed >> 33)..<Int(packed >> 1 & 0xFFFF_FFFF) }
    var isEmpty: Bool { range.isEmpty }
}
