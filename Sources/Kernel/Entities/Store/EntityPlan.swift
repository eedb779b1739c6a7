import Storage

/// What is to be written of one entity, decided before anything is.
enum EntityPlan {
    case insert(StoredEntity, PreparedEntity)
    case update(EntityUpdate)
    case remove(StoredEntity)

    var id: String {
        switch self {
        case .insert(let entity, _), .remove(let entity): entity.id
        case .update(let update): update.new.id
        }
    }
}

/// One entity's old and new state.
struct EntityUpdate {
    var old: StoredEntity
    var new: StoredEntity
    /// The attributes that differ, by name, with what they were and what they become.
    var changes: [AttributeChange]
    var event = EntityEvents.updated
    /// More members for the log, as JSON text with a comma before it.
    var extra: [UInt8] = []

    var names: [String] { changes.map(\.name) }
}
