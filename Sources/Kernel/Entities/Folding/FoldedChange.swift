import Storage

/// A change of an entity as the projections take it: each side is read once for all of them.
struct FoldedChange {
    let record: ChangeRecord
    let before: EntityChangeSide?
    let after: EntityChangeSide?

    init(_ record: ChangeRecord) {
        self.record = record
        before = EntityChangeSide(parsing: record.change.before)
        after = EntityChangeSide(parsing: record.change.after)
    }

    /// Whether full-text search may find the entity by other words than before.
    var changesTexts: Bool {
        guard let after else { return false }
        guard let before, record.change.type != EntityEvents.created else { return true }
        return EntityTexts.texts(in: before.attributes) != EntityTexts.texts(in: after.attributes)
    }
}
