/// Finds the known name that a mistyped one most likely meant.
enum NearestName {
    /// The nearest of `names`; `nil` if none is near.
    static func of(_ word: String, in names: [String]) -> String? {
        let written = Array(word.lowercased().unicodeScalars.prefix(64))
        let ranked = names.map { (name: $0, distance: distance(written, Array($0.lowercased().unicodeScalars))) }
        guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return best.distance <= max(2, written.count / 2) ? best.name : nil
    }

    /// Levenshtein's distance: insertions, deletions and replacements that make one the other.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (line, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
