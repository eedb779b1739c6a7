import Tabular

/// Reads a table once to find the column whose values tell the rows apart.
struct KeySurvey {
    /// Beyond so many rows no column is trusted to be unique, so that memory stays small.
    static let limit = 2_000_000

    private var candidates: [(column: Int, seen: Set<Int>, isUnique: Bool)]

    init(columns: [Int]) {
        candidates = columns.map { ($0, [], true) }
    }

    /// - Returns: the first candidate that is filled and unique in all sound rows.
    static func firstUnique(of columns: [Int], in reader: TableReader) throws(TabularError) -> Int? {
        guard !columns.isEmpty else { return nil }
        var survey = KeySurvey(columns: columns)
        while let row = try reader.next() {
            if row.defect == nil { survey.note(row) }
        }
        return survey.candidates.first { $0.isUnique && !$0.seen.isEmpty }?.column
    }

    private mutating func note(_ row: TableRow) {
        for index in candidates.indices where candidates[index].isUnique {
            let text = LabelTrim.trimmed(row[candidates[index].column])
            if text.isEmpty || !candidates[index].seen.insert(text.hashValue).inserted
                || candidates[index].seen.count > KeySurvey.limit
            {
                candidates[index].isUnique = false
            }
        }
    }
}

extension ModelMatch {
    /// Columns that may identify a row, best first.
    var keyCandidates: [Int] {
        var names = model.key.map { [$0] } ?? []
        names += ["commonId", "identifier"].filter { !names.contains($0) }
        return names.compactMap(column)
    }

    /// What identifies a row if no single column does: the model's own items, else name and address, or place.
    var digestColumns: [Int] {
        let own = model.keyItems.compactMap(column)
        if !own.isEmpty { return own }
        let named =
            column(of: "fullAddress") == nil
            ? ["name", "latitude", "longitude", "location"].compactMap(column)
            : ["name", "fullAddress", "buildingNameEtc"].compactMap(column)
        return named.isEmpty ? items.indices.filter { items[$0] != nil } : named
    }
}
