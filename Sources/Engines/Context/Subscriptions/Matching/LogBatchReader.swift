import Entities
import Storage

/// Reads a piece of the log in one consistent state of the database.
struct LogBatchReader {
    /// A change that may be of interest; its entity decides.
    private struct Candidate {
        var position: LogPosition
        var key: EntityTimeline.Key
        /// Among the changes of its entity.
        var index: Int
        var subscriptions: [Subscription]
    }

    let range: LogRange
    let dialects: SubscriptionDialects
    let reader: any Reader

    func read(_ catalogue: SubscriptionCatalogue) throws(Refusal) -> LogBatch {
        var batch = LogBatch(end: range.after, catalogue: catalogue)
        var candidates: [Candidate] = []
        var changes: [EntityTimeline.Key: [EntityChangeView]] = [:]
        let records = try ChangeLog.read(after: range.after, limit: range.mostRows, in: reader)
        batch.isLast = records.count < range.mostRows
        for record in records {
            if let upTo = range.upTo, record.position > upTo {
                batch.isLast = true
                break
            }
            if range.followsSubscriptions, record.change.type.rawValue.hasPrefix(SubscriptionEvents.prefix) {
                guard changes.isEmpty else {
                    batch.isLast = false
                    break
                }
                apply(record, to: &batch)
            } else if let change = EntityChangeView(record), change.kind != .observed {
                add(change, record.position, batch.catalogue, &changes, &candidates)
            }
            batch.end = record.position
        }
        batch.matches = try matches(candidates, changes, after: batch.end)
        return batch
    }

    private func apply(_ record: ChangeRecord, to batch: inout LogBatch) {
        let key = SubscriptionKey(space: record.change.space, id: record.change.key)
        batch.catalogue.apply(record, dialects, reader.context.logger)
        batch.changedSubscriptions.insert(key)
        if range.only != nil, let subscription = batch.catalogue.subscriptions[key], !range.wants(subscription) {
            batch.catalogue.remove(key)
        }
    }

    private func add(
        _ change: EntityChangeView, _ position: LogPosition, _ catalogue: SubscriptionCatalogue,
        _ changes: inout [EntityTimeline.Key: [EntityChangeView]], _ candidates: inout [Candidate]
    ) {
        let key = EntityTimeline.Key(space: change.space, id: change.id)
        changes[key, default: []].append(change)
        let now = reader.context.now
        let interested = catalogue.candidates(change).filter {
            range.wants($0) && $0.isLive(at: now) && $0.isTriggered(by: change)
        }
        guard !interested.isEmpty else { return }
        candidates.append(
            Candidate(
                position: position, key: key, index: (changes[key]?.count ?? 1) - 1, subscriptions: interested))
    }

    private func matches(
        _ candidates: [Candidate], _ changes: [EntityTimeline.Key: [EntityChangeView]], after end: LogPosition
    ) throws(Refusal) -> [LogBatch.Match] {
        let wanted = Set(candidates.map(\.key))
        let timelines = try timelines(changes.filter { wanted.contains($0.key) }, after: end)
        return candidates.compactMap { candidate in
            guard let timeline = timelines[candidate.key], let entity = timeline.state(at: candidate.index) else {
                return nil
            }
            let covered = candidate.subscriptions.filter { $0.covers(entity) }
            let change = timeline.changes[candidate.index]
            return covered.isEmpty
                ? nil
                : LogBatch.Match(
                    position: candidate.position,
                    entity: NotifiedEntity(
                        entity: entity, change: change, deletedAt: change.kind == .deleted ? change.time : nil),
                    subscriptions: covered)
        }
    }

    /// What the log says of each entity up to now, with what it is now.
    private func timelines(
        _ changes: [EntityTimeline.Key: [EntityChangeView]], after end: LogPosition
    ) throws(Refusal) -> [EntityTimeline.Key: EntityTimeline] {
        var timelines: [EntityTimeline.Key: EntityTimeline] = [:]
        for (space, keys) in Dictionary(grouping: changes.keys, by: \.space) {
            let found = try EntityStore.entities(space: space, ids: keys.map(\.id), in: reader)
            for key in keys {
                timelines[key] = EntityTimeline(changes: changes[key] ?? [], current: found[key.id])
            }
        }
        let behind = timelines.filter { !$0.value.isComplete }.map(\.key)
        if behind.isEmpty { return timelines }
        // Something changed after this piece and before this look: it stands further down in the log.
        let later = try ChangeLog.committed(
            after: end, types: [EntityEvents.created, EntityEvents.updated, EntityEvents.deleted],
            keys: Array(Set(behind.map(\.id))), in: reader)
        for change in later.compactMap(EntityChangeView.init) {
            let key = EntityTimeline.Key(space: change.space, id: change.id)
            guard let timeline = timelines[key], !timeline.isComplete else { continue }
            timelines[key] = EntityTimeline(changes: timeline.changes + [change], current: timeline.current)
        }
        return timelines
    }
}
