/// Reads a source piece by piece, decodes it and cuts it into rows; holds one row and one piece at a time.
final class RowFeed {
    static let pieceSize = 256 * 1024

    private let source: any ByteSource
    private let limits: TableLimits
    private var transcoder: Transcoder
    private var isCertain: Bool
    private var text: [UInt8] = []
    private var head = 0
    private var sourceEnded = false
    private var piece = [UInt8](repeating: 0, count: RowFeed.pieceSize)
    private var line = 1
    private var lastWidth = 16

    private(set) var encoding: TextEncoding
    let hasByteOrderMark: Bool
    var classes = ByteClasses(delimiter: UInt8(ascii: ","))

    init(_ source: any ByteSource, encoding forced: TextEncoding?, limits: TableLimits) throws(TabularError) {
        self.source = source
        self.limits = limits
        let first = try RowFeed.firstPiece(source)
        sourceEnded = first.count < RowFeed.pieceSize
        guard let guess = EncodingGuess.of(first, isWhole: sourceEnded) else {
            guard let forced else { throw .unknownEncoding }
            (encoding, isCertain, hasByteOrderMark) = (forced, true, false)
            transcoder = try Transcoder(from: forced)
            decode(first[...])
            return
        }
        encoding = forced ?? guess.encoding
        isCertain = forced != nil || guess.isCertain
        hasByteOrderMark = guess.markLength > 0
        transcoder = try Transcoder(from: encoding)
        decode(first[guess.markLength...])
    }

    /// Reads until a piece is full, so that detection sees as much as it may.
    private static func firstPiece(_ source: any ByteSource) throws(TabularError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: pieceSize)
        var filled = 0
        while filled < pieceSize {
            let count = try read(source, into: &bytes, from: filled)
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(pieceSize - filled)
        return bytes
    }

    private static func read(
        _ source: any ByteSource, into bytes: inout [UInt8], from start: Int
    ) throws(TabularError) -> Int {
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(TabularError) in
                try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
            }
        }
        return try result.get()
    }

    private func decode(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { transcoder.append($0, isLast: sourceEnded, to: &text) }
    }

    /// The first rows as another delimiter would cut them; consumes nothing.
    func peek(_ count: Int, delimiter: UInt8) -> [PeekedRow] {
        let classes = ByteClasses(delimiter: delimiter)
        var rows: [PeekedRow] = []
        var start = head
        var line = 1
        while rows.count < count, start < text.count {
            var scan = RowScan(expectedCells: 16)
            let outcome = text.withUnsafeBufferPointer {
                scan.advance(UnsafeBufferPointer(rebasing: $0[start...]), classes: classes, isLast: true)
            }
            guard case .row(let length, let consumed) = outcome else { break }
            let isCut = !sourceEnded && start + consumed == text.count
            if isCut, !rows.isEmpty { break }
            let raw = Array(text[start..<(start + length)])
            let row = TableRow(line: line, number: 0, defect: nil, rawBytes: raw, cells: scan.cells)
            rows.append(PeekedRow(line: line, cells: row.texts))
            start += consumed
            line += scan.innerLines + 1
        }
        return rows
    }

    /// The next row, blank ones included; nil at the end.
    func next(number: Int) throws(TabularError) -> TableRow? {
        if head >= text.count { guard try refill() else { return nil } }
        var scan = RowScan(expectedCells: lastWidth)
        while true {
            let isLast = sourceEnded
            let outcome = text.withUnsafeBufferPointer {
                scan.advance(UnsafeBufferPointer(rebasing: $0[head...]), classes: classes, isLast: isLast)
            }
            try check(scan)
            switch outcome {
            case .row(let length, let consumed): return finish(scan, length: length, consumed: consumed, number: number)
            case .needsMore: _ = try refill()
            }
        }
    }

    private func check(_ scan: RowScan) throws(TabularError) {
        guard scan.cells.count <= limits.columns else { throw .tooManyColumns(line: line, limit: limits.columns) }
        guard scan.position <= limits.rowBytes else { throw .rowTooLong(line: line, limit: limits.rowBytes) }
        guard scan.position - scan.cellStart <= limits.cellBytes,
            scan.position <= limits.cellBytes || scan.cells.allSatisfy({ $0.range.count <= limits.cellBytes })
        else { throw .cellTooLong(line: line, limit: limits.cellBytes) }
    }

    private func finish(_ scan: RowScan, length: Int, consumed: Int, number: Int) -> TableRow {
        let raw = Array(text[head..<(head + length)])
        var defect = scan.defect
        if scan.hasWideBytes, UTF8Check.count(raw, isWhole: true).broken > 0 { defect = .invalidText }
        let row = TableRow(line: line, number: number, defect: defect, rawBytes: raw, cells: scan.cells)
        head += consumed
        line += scan.innerLines + 1
        lastWidth = scan.cells.count
        return row
    }

    /// True if more text came.
    private func refill() throws(TabularError) -> Bool {
        guard !sourceEnded else { return false }
        text.removeSubrange(..<head)
        head = 0
        let known = text.count
        while text.count == known, !sourceEnded {
            let count = try RowFeed.read(source, into: &piece, from: 0)
            sourceEnded = count == 0
            try settleEncoding(count)
            decode(piece[..<count])
        }
        return text.count > known
    }

    private func settleEncoding(_ count: Int) throws(TabularError) {
        guard !isCertain, piece[..<count].contains(where: { $0 >= 0x80 }) else { return }
        isCertain = true
        encoding = EncodingGuess.eightBit(Array(piece[..<count]), isWhole: false) ?? .utf8
        transcoder = try Transcoder(from: encoding)
    }
}

/// A row looked at before reading begins.
struct PeekedRow: Equatable {
    var line: Int
    var cells: [String]

    var filled: Int { cells.count { !$0.isEmpty } }
    var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
}
