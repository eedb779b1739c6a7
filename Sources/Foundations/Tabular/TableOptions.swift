/// How to read a table; everything not said is found out from its first bytes.
public struct TableOptions: Sendable {
    public enum Header: Equatable, Sendable {
        case detected
        /// No row names the columns; they are called `column1`, `column2`…
        case none
        /// The 1-based row (blank rows not counted) that names the columns; what stands above it is heading.
        case row(Int)
    }

    public var encoding: TextEncoding?
    public var delimiter: UInt8?
    public var header: Header
    public var limits: TableLimits

    public init(
        encoding: TextEncoding? = nil, delimiter: UInt8? = nil, header: Header = .detected,
        limits: TableLimits = .init()
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.limits = limits
    }
}

/// Bounds that keep memory small whatever a file holds.
public struct TableLimits: Sendable, Equatable {
    public var columns: Int
    /// Longest cell, in bytes of UTF-8.
    public var cellBytes: Int
    /// Longest row, in bytes of UTF-8.
    public var rowBytes: Int

    public init(columns: Int = 4_096, cellBytes: Int = 1 << 20, rowBytes: Int = 8 << 20) {
        self.columns = columns
        self.cellBytes = cellBytes
        self.rowBytes = min(rowBytes, 1 << 30)
    }
}

/// How a file turned out to be written.
public struct Dialect: Sendable, Equatable {
    public var encoding: TextEncoding
    public var hasByteOrderMark: Bool
    public var delimiter: UInt8
    /// 1-based line of the header's first row; nil if the table has none.
    public var headerLine: Int?
    /// Rows that the header takes: 2 where merged headings stand over the names.
    public var headerRows: Int
    /// Rows above the header, and `#` rows around it, as cells.
    public var heading: [[String]]

    /// The value that a heading row gives for `key`, as in `#license,http://…` or `観測局,持世寺`.
    public func heading(_ key: String) -> String? {
        for row in heading where row.first.map({ $0 == key || $0 == "#\(key)" }) == true {
            if let value = row.dropFirst().first(where: { !$0.isEmpty }) { return value }
        }
        return nil
    }
}
