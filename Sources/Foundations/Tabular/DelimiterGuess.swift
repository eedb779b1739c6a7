/// Which of the usual separators cuts the first rows most evenly.
enum DelimiterGuess {
    static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]

    static func of(_ feed: RowFeed, rows: Int) -> UInt8 {
        var best = candidates[0]
        var bestScore = 0.0
        for candidate in candidates {
            let score = evenness(feed.peek(rows, delimiter: candidate))
            if score > bestScore { (best, bestScore) = (candidate, score) }
        }
        return best
    }

    /// Share of rows that have the most frequent width, if that is more than one column; wider tables win by a little.
    private static func evenness(_ rows: [PeekedRow]) -> Double {
        let written = rows.filter { !$0.isBlank }
        guard let width = modalWidth(written), width > 1 else { return 0 }
        let share = Double(written.count { $0.cells.count == width }) / Double(written.count)
        return share + Double(min(width, 100)) / 1_000
    }

    /// The most frequent number of cells, the larger of two that are equally frequent.
    static func modalWidth(_ rows: [PeekedRow]) -> Int? {
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.cells.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
}
