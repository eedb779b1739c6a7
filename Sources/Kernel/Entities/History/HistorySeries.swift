import Storage

/// The history of one attribute of one entity: which segments there are, and what adding values makes of them.
struct HistorySeries {
    var space: String
    var number: Int64
    var attribute: String
    /// The `datasetId`; empty for the default instance.
    var dataset: String

    private var key: [SQLValue] { [.text(space), .int64(number), .text(attribute), .text(dataset)] }
    private static let columns = "first, last, count, data"
    private static let matching = "space = ? AND number = ? AND attribute = ? AND dataset = ?"

    /// What is to be written so that the values are in the history; nil if they are already. Reads only.
    func change(adding values: [HistorySegment.Value], _ reader: any Reader) throws(Refusal) -> HistoryChange? {
        let new = Self.sorted(values)
        guard let first = new.first, let last = new.last else { return nil }
        let touched = try touched(from: first.time, to: last.time, reader)
        var old: [HistorySegment.Value] = []
        for row in touched { old += try Self.values(row) }
        let merged = Self.merged(old, new)
        let fresh = merged.count - old.count
        if fresh == 0, merged == old { return nil }
        let segments = Self.split(merged)
        let starts = Set(segments.compactMap(\.values.first?.time))
        return HistoryChange(
            series: self, removed: touched.map { $0.instant("first") }.filter { !starts.contains($0) },
            segments: segments, fresh: fresh)
    }

    /// Segments that share time with the values, and the one before them if it has room.
    private func touched(from first: Instant, to last: Instant, _ reader: any Reader) throws(Refusal) -> [Row] {
        let newest = try reader.row(
            "SELECT \(Self.columns) FROM history_segments WHERE \(Self.matching) AND first <= ? ORDER BY first DESC LIMIT 1",
            key + [.instant(last)])
        guard let newest else { return [] }
        // Most values are newer than all that is there.
        if newest.instant("last") < first { return newest.int("count") < HistorySegment.capacity ? [newest] : [] }
        var rows = try reader.rows(
            "SELECT \(Self.columns) FROM history_segments WHERE \(Self.matching) AND first <= ? AND last >= ? ORDER BY first",
            key + [.instant(last), .instant(first)])
        let start = rows.first?.instant("first") ?? first
        let before = try reader.row(
            """
            SELECT \(Self.columns) FROM history_segments WHERE \(Self.matching) AND first < ? \
            ORDER BY first DESC LIMIT 1
            """, key + [.instant(start)])
        if let before, before.int("count") < HistorySegment.capacity { rows.insert(before, at: 0) }
        return rows
    }

    private static func values(_ row: Row) throws(Refusal) -> [HistorySegment.Value] {
        guard let segment = HistorySegment(row.bytes("data")) else {
            throw Refusal(.storage, "A segment of history cannot be read.")
        }
        return segment.values
    }

    /// In time order; of several at one time the last given stays.
    private static func sorted(_ values: [HistorySegment.Value]) -> [HistorySegment.Value] {
        let ordered = values.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        var result: [HistorySegment.Value] = []
        result.reserveCapacity(values.count)
        for (_, value) in ordered {
            if result.last?.time == value.time { result.removeLast() }
            result.append(value)
        }
        return result
    }

    private static func merged(
        _ old: [HistorySegment.Value], _ new: [HistorySegment.Value]
    ) -> [HistorySegment.Value] {
        var result: [HistorySegment.Value] = []
        result.reserveCapacity(old.count + new.count)
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if right == new.count || left < old.count && old[left].time < new[right].time {
                result.append(old[left])
                left += 1
            } else {
                if left < old.count, old[left].time == new[right].time { left += 1 }
                result.append(new[right])
                right += 1
            }
        }
        return result
    }

    private static func split(_ values: [HistorySegment.Value]) -> [HistorySegment] {
        stride(from: 0, to: values.count, by: HistorySegment.capacity).map {
            HistorySegment(values: Array(values[$0..<min($0 + HistorySegment.capacity, values.count)]))
        }
    }

    /// Values within `[from, to)`, the newest `limit` of them, oldest first. `fresh` are not in a segment yet, perhaps.
    func values(
        from: Instant?, to: Instant?, limit: Int, adding fresh: [HistorySegment.Value], _ reader: any Reader
    ) throws(Refusal) -> [HistorySegment.Value] {
        let stored = try values(from: from, to: to, limit: limit, reader)
        let new = Self.sorted(fresh).filter { $0.time >= from ?? .distantPast && $0.time < to ?? .distantFuture }
        return Array(Self.merged(stored, new).suffix(limit))
    }

    private func values(
        from: Instant?, to: Instant?, limit: Int, _ reader: any Reader
    ) throws(Refusal) -> [HistorySegment.Value] {
        var found: [HistorySegment.Value] = []
        var before = to
        while found.count < limit {
            let rows = try reader.rows(
                """
                SELECT first, data FROM history_segments WHERE \(Self.matching) AND first < ? AND last >= ? \
                ORDER BY first DESC LIMIT 16
                """,
                key + [.instant(before ?? .distantFuture), .instant(from ?? .distantPast)])
            for row in rows {
                let values = try Self.values(row)
                    .filter { $0.time >= from ?? .distantPast && $0.time < to ?? .distantFuture }
                found.append(contentsOf: values.reversed())
            }
            guard rows.count == 16, let last = rows.last else { break }
            before = last.instant("first")
        }
        return found.prefix(limit).reversed()
    }

    fileprivate func delete(_ first: Instant) -> [SQLValue] { key + [.instant(first)] }

    fileprivate func insert(_ segment: HistorySegment) -> [SQLValue] {
        key + [
            .optional(segment.values.first?.time), .optional(segment.values.last?.time), .int(segment.values.count),
            .bytes(segment.bytes),
        ]
    }
}

/// What adding values to a series writes.
struct HistoryChange {
    fileprivate var series: HistorySeries
    /// Where segments begin that are no more.
    fileprivate var removed: [Instant]
    /// Those that are new or take the place of one that begins with them.
    fileprivate var segments: [HistorySegment]
    /// Values at times that had none.
    var fresh: Int

    static func apply(_ changes: [HistoryChange], in transaction: any Transaction) throws(Refusal) {
        try transaction.executeMany(
            """
            DELETE FROM history_segments WHERE space = ? AND number = ? AND attribute = ? AND dataset = ? AND first = ?
            """, changes.flatMap { change in change.removed.map(change.series.delete) })
        try transaction.executeMany(
            """
            INSERT INTO history_segments (space, number, attribute, dataset, first, last, count, data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (space, number, attribute, dataset, first)
            DO UPDATE SET last = excluded.last, count = excluded.count, data = excluded.data
            """, changes.flatMap { change in change.segments.map(change.series.insert) })
    }
}

extension Instant {
    static let distantPast = Instant(microseconds: .min)
    static let distantFuture = Instant(microseconds: .max)
}
