/// Progress through one row, kept while more bytes are fetched. Positions count from the row's first byte.
struct RowScan {
    enum Outcome: Equatable {
        case needsMore
        /// `length` bytes of text and `consumed` bytes with the line end.
        case row(length: Int, consumed: Int)
    }

    private enum Phase {
        case cellStart, plain, quoted, afterQuote
    }

    private(set) var cells: [CellSpan] = []
    private(set) var hasWideBytes = false
    private(set) var hasZero = false
    private(set) var hasStrayText = false
    private(set) var isUnclosed = false
    /// Line ends inside quotes.
    private(set) var innerLines = 0
    private(set) var position = 0
    private(set) var cellStart = 0

    private var phase = Phase.cellStart
    private var quotedEnd = 0
    private var hasDoubledQuotes = false

    init(expectedCells: Int) {
        cells.reserveCapacity(expectedCells)
    }

    /// Goes on from ``position`` until the row or the bytes end.
    /// - Parameter bytes: everything known from the row's first byte on.
    mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, classes: ByteClasses, isLast: Bool) -> Outcome {
        while position < bytes.count {
            switch phase {
            case .cellStart: beginCell(bytes)
            case .plain:
                if let outcome = scanPlain(bytes, classes: classes, isLast: isLast) { return outcome }
            case .quoted:
                guard scanQuoted(bytes, isLast: isLast) else { return .needsMore }
            case .afterQuote:
                if let outcome = scanAfterQuote(bytes, classes: classes, isLast: isLast) { return outcome }
            }
        }
        guard isLast else { return .needsMore }
        return finishAtEnd()
    }

    private mutating func beginCell(_ bytes: UnsafeBufferPointer<UInt8>) {
        hasDoubledQuotes = false
        if bytes[position] == UInt8(ascii: "\"") {
            position += 1
            phase = .quoted
        } else {
            phase = .plain
        }
        cellStart = position
    }

    private mutating func scanPlain(
        _ bytes: UnsafeBufferPointer<UInt8>, classes: ByteClasses, isLast: Bool
    ) -> Outcome? {
        while position < bytes.count {
            switch classes[bytes[position]] {
            case .ordinary: position += 1
            case .wide:
                hasWideBytes = true
                position += 1
            case .zero:
                hasZero = true
                position += 1
            case .delimiter:
                endCell(at: position)
                return nil
            case .carriageReturn, .lineFeed: return endRow(bytes, cellEnd: position, isLast: isLast)
            }
        }
        return nil
    }

    /// False if the closing quote cannot be told from a doubled one without the next byte.
    private mutating func scanQuoted(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                guard position + 1 < bytes.count || isLast else { return false }
                guard position + 1 < bytes.count, bytes[position + 1] == byte else {
                    quotedEnd = position
                    position += 1
                    phase = .afterQuote
                    return true
                }
                hasDoubledQuotes = true
                position += 2
                continue
            }
            note(byte, after: position > 0 ? bytes[position - 1] : 0)
            position += 1
        }
        return true
    }

    private mutating func note(_ byte: UInt8, after previous: UInt8) {
        if byte >= 0x80 {
            hasWideBytes = true
        } else if byte == 0x0D || byte == 0x0A && previous != 0x0D {
            innerLines += 1
        } else if byte == 0 {
            hasZero = true
        }
    }

    private mutating func scanAfterQuote(
        _ bytes: UnsafeBufferPointer<UInt8>, classes: ByteClasses, isLast: Bool
    ) -> Outcome? {
        switch classes[bytes[position]] {
        case .delimiter:
            endCell(at: quotedEnd)
        case .carriageReturn, .lineFeed:
            return endRow(bytes, cellEnd: quotedEnd, isLast: isLast)
        case .ordinary where bytes[position] == UInt8(ascii: " "):
            position += 1
        default:
            // Not RFC 4180: the cell is taken as it stands, quotes included, and the row is reported.
            hasStrayText = true
            hasDoubledQuotes = false
            cellStart -= 1
            phase = .plain
        }
        return nil
    }

    private mutating func endCell(at end: Int) {
        cells.append(CellSpan(start: cellStart, end: end, hasDoubledQuotes: hasDoubledQuotes))
        position += 1
        cellStart = position
        phase = .cellStart
    }

    private mutating func endRow(_ bytes: UnsafeBufferPointer<UInt8>, cellEnd: Int, isLast: Bool) -> Outcome {
        var consumed = position + 1
        if bytes[position] == 0x0D {
            guard consumed < bytes.count || isLast else { return .needsMore }
            if consumed < bytes.count, bytes[consumed] == 0x0A { consumed += 1 }
        }
        cells.append(CellSpan(start: cellStart, end: cellEnd, hasDoubledQuotes: hasDoubledQuotes))
        return .row(length: position, consumed: consumed)
    }

    private mutating func finishAtEnd() -> Outcome {
        isUnclosed = phase == .quoted
        let end = phase == .afterQuote ? quotedEnd : position
        if phase == .cellStart { cellStart = position }
        cells.append(CellSpan(start: cellStart, end: end, hasDoubledQuotes: hasDoubledQuotes && !isUnclosed))
        return .row(length: position, consumed: position)
    }
}

extension RowScan {
    /// What the scan alone can tell to be wrong with the row.
    var defect: RowDefect? {
        if isUnclosed { return .unclosedQuote }
        if hasZero { return .nulByte }
        if hasStrayText { return .textAfterQuote }
        return nil
    }
}

/// What each byte means outside quotes.
struct ByteClasses {
    enum Class: UInt8 {
        case ordinary, wide, zero, delimiter, carriageReturn, lineFeed
    }

    private let table: [Class]

    init(delimiter: UInt8) {
        var table = [Class](repeating: .ordinary, count: 256)
        for byte in 0x80...0xFF { table[byte] = .wide }
        table[0x00] = .zero
        table[0x0A] = .lineFeed
        table[0x0D] = .carriageReturn
        table[Int(delimiter)] = .delimiter
        self.table = table
    }

    subscript(_ byte: UInt8) -> Class { table[Int(byte)] }
}
