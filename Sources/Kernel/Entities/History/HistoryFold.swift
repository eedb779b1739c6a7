import JSON
import Storage

/// Turns rows of the change log into values of histories.
///
/// A value's time is its `observedAt`, else the time of the change. Adding is idempotent, so that rows that were folded
/// before do no harm.
struct HistoryFold {
    private struct Key: Hashable {
        var space: String
        var number: Int64
        var attribute: String
        var dataset: String
    }

    private var values: [Key: [HistorySegment.Value]] = [:]

    mutating func add(_ change: FoldedChange) {
        let record = change.record
        guard record.change.type != EntityEvents.observed, let after = change.after else { return }
        for member in after.attributes.members where change.before?.attributes[member.name] != member.value {
            for instance in AttributeInstances.all(member.value) {
                guard let value = instance.value else { continue }
                let key = Key(
                    space: record.change.space, number: after.meta.number, attribute: member.name,
                    dataset: instance.dataset)
                let time = instance.observedAt ?? record.time
                values[key, default: []].append(HistorySegment.Value(time: time, bytes: value.bytes))
            }
        }
    }

    func apply(in transaction: any Transaction) throws(Refusal) {
        var changes: [HistoryChange] = []
        for (key, values) in values {
            let series = HistorySeries(
                space: key.space, number: key.number, attribute: key.attribute, dataset: key.dataset)
            if let change = try series.change(adding: values, transaction) { changes.append(change) }
        }
        try HistoryChange.apply(changes, in: transaction)
    }

    /// What the log holds of one series and the consumer may not have folded yet.
    func values(of series: HistorySeries) -> [HistorySegment.Value] {
        values[
            Key(space: series.space, number: series.number, attribute: series.attribute, dataset: series.dataset)] ?? []
    }
}

extension AttributeInstance {
    var observedAt: Instant? { object["observedAt"]?.stringValue.flatMap(DateTime.instant) }
}
