import Geometry
import JSON
import Storage

/// Finds the nearest matches by boxes that grow until they must hold them.
struct NearestSearch {
    private let run: QueryRun
    private let maximum: Double
    private let reference: BoundingBox

    /// Half of the way round the earth: nothing is farther.
    private static let farthest = 20_100_000.0
    private static let first = 500.0

    /// Nil if the geo query does not say how near.
    init?(_ run: QueryRun) {
        guard case .near(_, let maximum) = run.query.geo?.relation, let geometry = run.query.geo?.geometry,
            let box = BoundingBox(of: geometry), run.query.text == nil
        else { return nil }
        self.run = run
        self.maximum = min(maximum ?? Self.farthest, Self.farthest)
        reference = box
    }

    func page() throws(Refusal) -> EntityPage {
        let wanted = run.query.offset + run.query.limit
        var found: [(metres: Double, entity: StoredEntity)] = []
        var (seen, radius): (Set<Int64>, Double) = ([], min(Self.first, maximum))
        while true {
            for entity in try entities(within: radius, besides: &seen) {
                if let metres = metres(entity) { found.append((metres, entity)) }
            }
            let isAll = radius >= maximum
            if isAll || found.count(where: { $0.metres <= radius }) >= wanted { break }
            radius = min(radius * 3, maximum)
        }
        found.sort { ($0.metres, $0.entity.id) < ($1.metres, $1.entity.id) }
        return EntityPage(
            entities: found.dropFirst(run.query.offset).prefix(run.query.limit).compactMap { run.sight.seen($0.entity) }
        )
    }

    private func metres(_ entity: StoredEntity) -> Double? {
        guard run.accepts(entity), let tape = try? JSONTape(parsing: entity.document) else { return nil }
        return run.plan.fullMatcher.geo?.distance(tape)
    }

    private func entities(
        within radius: Double, besides seen: inout Set<Int64>
    ) throws(Refusal) -> [StoredEntity] {
        let boxes = EntityBox.boxes(reference.expanded(byMetres: radius))
        let select = EntitySchema.geo.numbers(intersecting: boxes, dialect: run.reader.dialect)
        var fresh: [Int64] = []
        try run.reader.forEach(select.sql, select.arguments) { row throws(Refusal) in
            if case .int64(let number) = row[0], seen.insert(number).inserted { fresh.append(number) }
        }
        return Array(try EntityLookup(run.reader).entities(numbers: fresh).values)
    }
}
