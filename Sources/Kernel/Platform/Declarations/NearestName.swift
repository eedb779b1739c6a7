/// Finds the name that a mistyped one was meant to be.
package enum NearestName {
    /// The candidate with the fewest single-letter edits, whatever its case, if they are at most a third of its letters.
    package static func of(_ name: String, in candidates: [String]) -> String? {
        let written = letters(name)
        let ranked = candidates.map { (name: $0, distance: distance(written, letters($0))) }
        guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return best.distance <= max(2, best.name.count / 3) ? best.name : nil
    }

    /// Names come from clients too, so only their beginnings are compared.
    private static func letters(_ name: String) -> [Unicode.Scalar] {
        Array(name.lowercased().unicodeScalars.prefix(64))
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
