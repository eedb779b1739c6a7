import JSON
import Storage

/// Reads entities in the order of the answer, block by block, until the page is full.
///
/// If many were read and few matched, the database is asked for the rest by sets of numbers, where indexes can tell.
struct OrderedReading {
    private static let mostRead = 2_000

    private let run: QueryRun
    private var query: EntityQuery { run.query }

    init(_ run: QueryRun) { self.run = run }

    func page() throws(Refusal) -> EntityPage {
        let end = query.offset + query.limit
        var matches: [StoredEntity] = []
        var (last, read, size) = (Row?.none, 0, max(32, min(4 * end, 500)))
        while matches.count < end {
            let isLong = read >= Self.mostRead
            let block = try block(after: last, size: size, isLong ? run.plan.selection : run.plan.fixed)
            let matcher = isLong ? run.plan.matcher : run.plan.fullMatcher
            for row in block where matches.count < end {
                if let entity = run.sight.seen(EntityRow.decode(row)), matcher.matches(entity) {
                    matches.append(entity)
                }
            }
            if block.count < size { break }
            last = block.last
            read += block.count
            size = min(size * 2, 1_000)
        }
        return EntityPage(entities: Array(matches.dropFirst(query.offset)))
    }

    private func block(after last: Row?, size: Int, _ selection: SQLFragment) throws(Refusal) -> [Row] {
        let (column, direction) = key
        var selection = selection
        if let last {
            let value: SQLValue = column == "id" ? .text(last.text("id")) : .int64(last.int64("number"))
            let sign = direction.isEmpty ? ">" : "<"
            selection = .all([selection, SQLFragment("m.\(column) \(sign) ?", [value])])
        }
        let join = run.plan.source == "entities m" ? "" : "JOIN entities e ON e.number = m.number"
        return try run.reader.rows(
            """
            SELECT \(join.isEmpty ? "m" : "e").* FROM \(run.plan.source) \(join) \
            WHERE \(selection.sql) ORDER BY m.\(column)\(direction) LIMIT ?
            """, selection.arguments + [.int(size)])
    }

    private var key: (column: String, direction: String) {
        if case .createdAt(let descending) = query.order { return ("number", descending ? " DESC" : "") }
        return ("id", "")
    }
}
