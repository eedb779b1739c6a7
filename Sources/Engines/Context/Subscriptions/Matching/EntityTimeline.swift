import Entities
import Storage

/// One life of an entity as it was after each of several changes: exactly, although the table holds only what it is now.
///
/// The state now, or at its end, with all later changes undone.
struct EntityTimeline {
    struct Key: Hashable, Sendable {
        var space: String
        var id: String
    }

    /// Changes of the entity in the order of the log, the last one there is included.
    let changes: [EntityChangeView]
    /// The entity as the table holds it; nil if it is gone.
    let current: StoredEntity?

    /// The entity after one of the changes; before it if that deleted it. Nil if it cannot be told, because the log and
    /// the table disagree.
    func state(at index: Int) -> StoredEntity? {
        let change = changes[index]
        if change.kind == .deleted { return StoredEntity(deletedBy: change) }
        let later = changes[(index + 1)...].filter { $0.kind != .observed }
        if later.isEmpty { return current }
        let end = later.first { $0.kind == .deleted }
        let undone = end.map { end in later.prefix { $0.sequence != end.sequence } } ?? later[...]
        var state = (end.map { StoredEntity(deletedBy: $0) } ?? current)?.reverted(by: undone.reversed())
        state?.modifiedAt = change.time
        return state?.version == change.version ? state : nil
    }

    /// Whether no change after the last one is missing.
    var isComplete: Bool {
        guard let last = changes.last(where: { $0.kind != .observed }) else { return true }
        return last.kind == .deleted || current?.version == last.version
    }
}
