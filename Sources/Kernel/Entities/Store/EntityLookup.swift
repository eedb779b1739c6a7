import Storage

/// Reads many entities by id or number with few statements, whose texts stay the same so that they stay prepared.
struct EntityLookup {
    private static let chunk = 64
    let reader: any Reader

    init(_ reader: any Reader) { self.reader = reader }

    func entities(space: String, ids: [String]) throws(Refusal) -> [String: StoredEntity] {
        var found: [String: StoredEntity] = [:]
        try each(ids.map { .text($0) }) { (marks, values) throws(Refusal) in
            let sql = "SELECT * FROM entities WHERE space = ? AND id IN (\(marks))"
            try reader.forEach(sql, [.text(space)] + values) { row throws(Refusal) in
                found[row.text("id")] = EntityRow.decode(row)
            }
        }
        return found
    }

    func entities(numbers: [Int64]) throws(Refusal) -> [Int64: StoredEntity] {
        var found: [Int64: StoredEntity] = [:]
        try each(numbers.map { .int64($0) }) { (marks, values) throws(Refusal) in
            try reader.forEach("SELECT * FROM entities WHERE number IN (\(marks))", values) { row throws(Refusal) in
                found[row.int64("number")] = EntityRow.decode(row)
            }
        }
        return found
    }

    /// The numbers in order of their entities' ids or creation, as asked.
    func inOrder(
        _ numbers: [Int64], _ orders: [EntityQuery.Order]
    ) throws(Refusal) -> [Int64] {
        if case .createdAt(let descending) = orders.first {
            return descending ? numbers.sorted(by: >) : numbers.sorted()
        }
        var found: [(id: String, number: Int64)] = []
        try each(numbers.map { .int64($0) }) { (marks, values) throws(Refusal) in
            try reader.forEach("SELECT id, number FROM entities WHERE number IN (\(marks))", values) {
                row throws(Refusal) in
                found.append((row.text("id"), row.int64("number")))
            }
        }
        return found.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map(\.number)
    }

    /// The last chunk is filled up by repeating its last value.
    private func each(
        _ values: [SQLValue], _ body: (_ marks: String, [SQLValue]) throws(Refusal) -> Void
    ) throws(Refusal) {
        for start in stride(from: 0, to: values.count, by: Self.chunk) {
            var part = Array(values[start..<min(start + Self.chunk, values.count)])
            let size = [1, 4, 16, Self.chunk].first { $0 >= part.count } ?? Self.chunk
            if let last = part.last { part += repeatElement(last, count: size - part.count) }
            try body(Array(repeating: "?", count: size).joined(separator: ", "), part)
        }
    }
}
