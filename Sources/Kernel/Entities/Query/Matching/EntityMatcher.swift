import JSON
import Storage

/// What the indexes leave to be decided on the document itself.
struct EntityMatcher: Sendable {
    var condition: ConditionMatcher?
    var geo: GeoMatcher?
    /// At least one of these attributes.
    var attributes: [String]

    var isNeeded: Bool { condition != nil || geo != nil || !attributes.isEmpty }

    func matches(_ entity: StoredEntity) -> Bool {
        guard let tape = try? JSONTape(parsing: entity.document) else { return false }
        if !attributes.isEmpty, !attributes.contains(where: { tape.root[$0] != nil }) { return false }
        if let condition, !condition.matches(entity, tape) { return false }
        return geo?.matches(tape) ?? true
    }
}
