import JSON
import Storage

/// Writes of one entity, each in a transaction of its own.
extension EntityStore {
    /// Refuses with `alreadyExists` if the space has the id, and with `invalid` if it is no valid entity.
    public func create(_ context: OperationContext, _ write: EntityWrite) async throws(Refusal) -> StoredEntity {
        let prepared = try prepare(write)
        return try await database.write(context) { transaction throws(Refusal) in
            let space = try Spaces(transaction).decide(write.space)
            let writer = EntityWriter(transaction: transaction)
            if try writer.load(space: write.space, id: write.entity.id) != nil {
                throw Refusal(.alreadyExists, "There is an entity with the id '\(write.entity.id)' already.")
            }
            let ruled = try VisibilityRules(space: write.space, transaction).applied(to: [prepared])
            try space.apply(transaction)
            let entity = try writer.insert(ruled)[0]
            versions.bump(write.space)
            return entity
        }
    }

    /// Updates or appends attributes (ETSI GS CIM 009 clause 5.6.2/5.6.3); what is equal already changes nothing. With
    /// `appends` off, attributes that the entity does not have are passed over. Refuses with `notFound`, with `forbidden` if the entity is another body's, or with `preconditionFailed` if `version` is
    /// given and differs.
    public func updateAttributes(
        _ context: OperationContext, id: String, space: String = "area", attributes: JSONObject, version: Int64? = nil,
        appends: Bool = true
    ) async throws(Refusal) -> StoredEntity {
        let checked = try EntityChecker.check(attributes)
        return try await database.write(context) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            let old = try writer.mine(id: id, space: space, version: version)
            guard let (new, changes) = old.applying(checked, appends: appends, now: context.now) else { return old }
            try writer.update(old, to: new, changes)
            versions.bump(space)
            return new
        }
    }

    /// Deletes an entity; its history stays, behind a tombstone. Refuses as `updateAttributes` does.
    public func delete(_ context: OperationContext, id: String, space: String = "area", version: Int64? = nil)
        async throws(Refusal)
    {
        try await database.write(context) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            let entity = try writer.mine(id: id, space: space, version: version)
            try writer.remove(entity)
            versions.bump(space)
        }
    }
}

extension EntityWriter {
    /// The entity if the actor may see it, may change it, and it has the version asked for. All refusals come from here.
    func mine(id: String, space: String, version: Int64?) throws(Refusal) -> StoredEntity {
        let actor = transaction.context.actor
        guard let entity = try load(space: space, id: id), Sight(actor).covers(entity) else {
            throw Refusal(.notFound, "There is no entity with the id '\(id.shortened)'.")
        }
        guard actor.isUnrestricted || actor.tenant == entity.owner else {
            throw Refusal(.forbidden, "This entity belongs to \(entity.owner); only its owner may change it.")
        }
        if let version, version != entity.version {
            throw Refusal(
                .preconditionFailed, "The entity has changed: its version is \(entity.version), not \(version).")
        }
        return entity
    }
}

extension StoredEntity {
    /// The entity with attributes laid over its own, and what that changes; nil if it changes nothing.
    func applying(
        _ attributes: JSONObject, appends: Bool, now: Instant
    ) -> (StoredEntity, [AttributeChange])? {
        applying(now: now) { tape in
            attributes.members.compactMap { member in
                let old = tape.root[member.name]?.value
                guard appends || old != nil else { return nil }
                return AttributeChange(
                    name: member.name, old: old, new: AttributeInstances.merged(old, with: member.value))
            }
        }
    }

    /// The entity with what `changes` makes of its document; nil if that changes nothing.
    func applying(
        now: Instant, _ changes: (JSONTape) -> [AttributeChange]
    ) -> (StoredEntity, [AttributeChange])? {
        guard let tape = try? JSONTape(parsing: document) else { return nil }
        let changes = changes(tape).filter { $0.old != $0.new }
        if changes.isEmpty { return nil }
        var entity = self
        entity.document = EntityDocument.splicing(tape, changes.map { ($0.name, $0.new?.bytes) })
        entity.touch(changes, now: now)
        return (entity, changes)
    }

    mutating func touch(_ changes: [AttributeChange], now: Instant) {
        var times = AttributeTimes(attributeTimes)
        for change in changes {
            if change.new == nil {
                times.remove(change.name)
            } else {
                times.change(change.name, isNew: change.old == nil, entityCreated: createdAt, now: now)
            }
        }
        attributeTimes = times.bytes
        modifiedAt = now
        version += 1
    }
}
