/// Writes CSV by RFC 4180, in memory.
public struct TableWriter: Sendable {
    public struct Options: Sendable {
        /// Spreadsheets take a file for UTF-8 only if it begins with a byte order mark.
        public var hasByteOrderMark: Bool
        /// Puts `'` before a text that a spreadsheet would run as a formula. Numbers stay as they are.
        public var guardsFormulas: Bool
        public var delimiter: UInt8

        public init(hasByteOrderMark: Bool = true, guardsFormulas: Bool = true, delimiter: UInt8 = UInt8(ascii: ",")) {
            self.hasByteOrderMark = hasByteOrderMark
            self.guardsFormulas = guardsFormulas
            self.delimiter = delimiter
        }
    }

    public private(set) var bytes: [UInt8] = []
    private let options: Options

    public init(options: Options = .init()) {
        self.options = options
        if options.hasByteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    }

    public mutating func append(_ row: [String]) {
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(options.delimiter) }
            append(cell: cell)
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    /// Hands out what was written and starts afresh, so that long tables can be sent in pieces.
    public mutating func drain() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private mutating func append(cell: String) {
        let isGuarded = options.guardsFormulas && TableWriter.isFormula(cell)
        let needsQuotes = cell.utf8.contains { $0 == options.delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        if needsQuotes { bytes.append(0x22) }
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in cell.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(0x22) }
    }

    private static func isFormula(_ cell: String) -> Bool {
        guard let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first) else { return false }
        switch CellValue(cell) {
        case .integer, .decimal: return false
        default: return true
        }
    }
}
