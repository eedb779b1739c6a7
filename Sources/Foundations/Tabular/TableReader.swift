/// Reads CSV and its relatives as they are found: any usual encoding and separator, headings above the header, line breaks
/// in cells, rows of the wrong length. Memory stays at a few pieces of 256 KiB whatever the size of the file.
///
/// Use one reader from one task; it is no shared value.
public final class TableReader {
    private static let peekedRows = 60

    private let feed: RowFeed
    private let headerTail: Int
    private var foundDialect: Dialect
    private var skipsComments = true
    private let usualWidth: Int

    public let columns: [TableColumn]
    /// Rows of data handed out so far.
    public private(set) var rowCount = 0
    /// Rows without any text that were passed over so far.
    public private(set) var blankRowCount = 0

    /// Opens the file at `path`.
    public convenience init(path: String, options: TableOptions = .init()) throws(TabularError) {
        try self.init(FileSource(path: path), options: options)
    }

    public convenience init(bytes: [UInt8], options: TableOptions = .init()) throws(TabularError) {
        try self.init(MemorySource(bytes), options: options)
    }

    /// Reads the beginning of `source` and finds out how it is written.
    public init(_ source: any ByteSource, options: TableOptions = .init()) throws(TabularError) {
        let feed = try RowFeed(source, encoding: options.encoding, limits: options.limits)
        let delimiter = options.delimiter ?? DelimiterGuess.of(feed, rows: TableReader.peekedRows)
        feed.classes = ByteClasses(delimiter: delimiter)
        let first = feed.peek(TableReader.peekedRows, delimiter: delimiter)
        guard first.contains(where: { !$0.isBlank }) else { throw .noRows }
        guard let header = HeaderGuess.of(first, wanted: options.header) else {
            if case .row(let row) = options.header { throw .headerRowMissing(row: row) }
            throw .noRows
        }
        self.feed = feed
        columns = TableColumn.naming(header.names)
        headerTail = header.index.map { $0 + header.rows } ?? 0
        let body = first.dropFirst(headerTail).filter { !$0.isBlank && !$0.cells[0].hasPrefix("#") }
        usualWidth = DelimiterGuess.modalWidth(body) ?? columns.count
        let above = header.index.map { first[..<$0] } ?? []
        foundDialect = Dialect(
            encoding: feed.encoding, hasByteOrderMark: feed.hasByteOrderMark, delimiter: delimiter,
            headerLine: header.index.map { first[$0].line }, headerRows: header.rows,
            heading: above.filter { !$0.isBlank }.map(\.cells))
        for _ in 0..<headerTail { _ = try feed.next(number: 0) }
    }

    /// How the file is written. The encoding is certain once a byte outside ASCII was read.
    public var dialect: Dialect {
        var dialect = foundDialect
        dialect.encoding = feed.encoding
        return dialect
    }

    /// The next row that holds any text; nil after the last.
    /// - Throws: only what makes the rest of the file unreadable; a bad row is handed out with its ``TableRow/defect``.
    public func next() throws(TabularError) -> TableRow? {
        while let row = try feed.next(number: rowCount + 1) {
            if row.isBlank {
                blankRowCount += 1
            } else if skipsComments, headerTail > 0, row[0].hasPrefix("#") {
                foundDialect.heading.append(row.texts)
            } else {
                skipsComments = false
                rowCount += 1
                return checkWidth(row)
            }
        }
        return nil
    }

    /// Rows may carry empty cells beyond the header, and may leave out its last columns if the file's first rows all do.
    private func checkWidth(_ row: TableRow) -> TableRow {
        let expected = columns.count
        guard row.defect == nil, row.count != expected else { return row }
        if row.count == usualWidth, usualWidth < expected { return row }
        if row.count > expected, (expected..<row.count).allSatisfy({ row.isEmpty($0) }) { return row }
        return row.with(defect: .ragged(expected: expected, found: row.count))
    }
}

extension TableRow {
    var isBlank: Bool {
        (0..<count).allSatisfy { isEmpty($0) } && defect == nil
    }

    func with(defect: RowDefect) -> TableRow {
        TableRow(line: line, number: number, defect: defect, rawBytes: rawBytes, cells: cells)
    }
}
