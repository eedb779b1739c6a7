import JSON
import Platform
import Storage

extension EntityStore {
    /// What follows the change log: history, full text, counts. All of it is off the path of requests and imports.
    public var consumers: [Consumer] {
        [
            Consumer(EntityFold.consumerName, typePrefixes: [EntityEvents.prefix]) {
                records, transaction throws(Refusal) in
                try EntityFold(records).apply(in: transaction)
                for space in Set(records.map(\.change.space)) { versions.bump(space) }
            }
        ]
    }
}

/// Folds a batch of changes. Counts rely on the cursor moving in the same transaction; the rest may run twice.
struct EntityFold {
    static let consumerName = "entities.fold"

    private let changes: [FoldedChange]

    init(_ records: [ChangeRecord]) { changes = records.map(FoldedChange.init) }

    func apply(in transaction: any Transaction) throws(Refusal) {
        var history = HistoryFold()
        var counts = CountFold()
        for change in changes {
            history.add(change)
            counts.add(change)
        }
        try history.apply(in: transaction)
        try counts.apply(in: transaction)
        try foldTexts(in: transaction)
    }

    /// The text index gets the texts as they are now, whatever the batch says they were.
    private func foldTexts(in transaction: any Transaction) throws(Refusal) {
        for change in changes where change.record.change.type == EntityEvents.deleted {
            guard let before = change.before else { continue }
            try EntitySchema.text.remove(before.meta.number, in: transaction)
        }
        let bySpace = Dictionary(grouping: changes.filter(\.changesTexts).map(\.record.change), by: \.space)
        for (space, changes) in bySpace {
            let entities = try EntityLookup(transaction).entities(space: space, ids: Array(Set(changes.map(\.key))))
            try EntitySchema.text.putMany(
                entities.values.map { (number: $0.number, texts: EntityTexts.texts(of: $0)) }, in: transaction)
        }
    }
}
