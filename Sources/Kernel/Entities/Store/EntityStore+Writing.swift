import JSON
import Storage

/// Writes of one entity, each in a transaction of its own.
extension EntityStore {
    /// Refuses with `alreadyExists` if the space has the id, and with `invalid` if it is no valid entity.
    public func create(_ context: OperationContext, _ write: EntityWrite) async throws(Refusal) -> StoredEntity {
        let prepared = try prepare(write)
        return try await changing(context, write.space) { transaction throws(Refusal) in
            let space = try Spaces(transaction).decide(write.space)
            let writer = EntityWriter(transaction: transaction)
            let old = try writer.load(space: write.space, id: write.entity.id)
            if let old, !old.isExpired(at: context.now) { throw .taken(old.id) }
            let ruled = try VisibilityRules(space: write.space, transaction).applied(to: [prepared])[0]
            try space.apply(transaction)
            let entity = try writer.new(ruled)
            try writer.write((old.map { [.remove($0)] } ?? []) + [.insert(entity, ruled)])
            return entity
        }
    }

    /// Updates or appends attributes (ETSI GS CIM 009 clauses 5.6.2 and 5.6.3), instances by their dataset; what is equal
    /// already changes nothing.
    ///
    /// With `appends` off, attributes that the entity does not have are passed over; with `overwrites` off, those that it
    /// has. Refuses with `invalid`, with `notFound`, with `forbidden` if the entity is another body's, or with
    /// `preconditionFailed` if `version` is given and differs.
    public func updateAttributes(
        _ context: OperationContext, id: String, space: String = "area", attributes: JSONObject, version: Int64? = nil,
        appends: Bool = true, overwrites: Bool = true, naming: Naming = .linkedData
    ) async throws(Refusal) -> StoredEntity {
        let checked = try EntityChecker.check(attributes, naming)
        return try await changing(context, space) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            let old = try writer.mine(id: id, space: space, version: version)
            guard
                let (new, changes) = old.applying(
                    checked, appends: appends, overwrites: overwrites, now: context.now)
            else { return old.seen(at: context.now) ?? old }
            try writer.update(old, to: new, changes)
            return new
        }
    }

    /// Reads an entity, decides what becomes of it, and writes that.
    ///
    /// `edit` is given what is seen of the entity, and may run more than once. Refuses as `updateAttributes` does, and
    /// with what `edit` refuses; nothing is written then.
    public func edit(
        _ context: OperationContext, id: String, space: String = "area", version: Int64? = nil,
        _ edit: @escaping EntityEditing
    ) async throws(Refusal) -> EditOutcome {
        try await changing(context, space) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            let old = try writer.mine(id: id, space: space, version: version)
            guard let update = try old.edited(edit, now: context.now) else {
                return .unchanged(old.seen(at: context.now) ?? old)
            }
            try writer.write([.update(update)])
            return .changed(update.new, changed: update.names)
        }
    }

    /// Puts types, scopes, end and all attributes in the place of an entity's own (clause 5.6.18); owner, visibility,
    /// municipality and provenance stay. Refuses as `updateAttributes` does.
    public func replace(
        _ context: OperationContext, _ write: EntityWrite, version: Int64? = nil
    ) async throws(Refusal) -> EditOutcome {
        let prepared = try prepare(write)
        return try await changing(context, write.space) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            let old = try writer.mine(id: write.entity.id, space: write.space, version: version)
            guard let update = old.replaced(by: prepared, now: context.now) else { return .unchanged(old) }
            try writer.write([.update(update)])
            return .changed(update.new, changed: update.names)
        }
    }

    /// Deletes an entity; its history stays, behind a tombstone. Refuses as `updateAttributes` does.
    public func delete(_ context: OperationContext, id: String, space: String = "area", version: Int64? = nil)
        async throws(Refusal)
    {
        try await changing(context, space) { transaction throws(Refusal) in
            let writer = EntityWriter(transaction: transaction)
            try writer.write([.remove(try writer.mine(id: id, space: space, version: version))])
        }
    }

    /// A write of a space's entities, after which caches are stale: before the caller hears of it.
    func changing<T: Sendable>(
        _ context: OperationContext, _ space: String,
        _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        defer { versions.bump(space) }
        return try await database.write(context, body)
    }
}

extension EntityWriter {
    /// The entity if the actor may see it, may change it, and it has the version asked for. All refusals come from here.
    /// What has expired of its attributes is still there.
    func mine(id: String, space: String, version: Int64?) throws(Refusal) -> StoredEntity {
        let context = transaction.context
        guard let entity = try load(space: space, id: id), Sight(context).covers(entity) else {
            throw .noEntity(id)
        }
        try entity.requireOwner(context.actor)
        if let version, version != entity.version {
            throw Refusal(
                .preconditionFailed, "The entity has changed: its version is \(entity.version), not \(version).")
        }
        return entity
    }
}

extension Refusal {
    static func noEntity(_ id: String) -> Refusal {
        Refusal(.notFound, "There is no entity with the id '\(id.shortened)'.")
    }

    static func taken(_ id: String) -> Refusal {
        Refusal(.alreadyExists, "There is an entity with the id '\(id)' already.")
    }
}

extension StoredEntity {
    func requireOwner(_ actor: Actor) throws(Refusal) {
        guard actor.isUnrestricted || actor.tenant == owner else {
            throw Refusal(.forbidden, "The entity '\(id)' belongs to \(owner); only its owner may change it.")
        }
    }

    /// What an edit makes of the entity; nil if nothing. Refuses with `invalid`, and as the edit does.
    func edited(_ edit: EntityEditing, now: Instant) throws(Refusal) -> EntityUpdate? {
        let edit = try edit(seen(at: now) ?? self)
        let given = edit.attributes.compactMap { name, value in value.map { JSONObject.Member(name, $0) } }
        let checked = try EntityChecker.check(JSONObject(given), edit.naming)
        var head = EntityHead(self)
        if edit.types != nil || edit.scopes != nil {
            (head.types, head.scopes) = (edit.types ?? types, edit.scopes ?? scopes)
            try EntityChecker.check(types: head.types, scopes: head.scopes, edit.naming)
        }
        if let expiresAt = edit.expiresAt { head.expiresAt = expiresAt }
        let names = edit.attributes.map(\.name)
        let changed = applying(head: head, now: now) { tape in
            names.compactMap { name in
                let old = tape.root[name]
                let new = checked[name]
                if old == nil, new == nil { return nil }
                return AttributeChange(
                    name: name, old: old?.value, new: new, oldText: old.map { Array($0.rawBytes) })
            }
        }
        return changed.map { EntityUpdate(old: self, new: $0, changes: $1) }
    }

    /// What replacing all of its content makes of the entity; nil if nothing.
    func replaced(by prepared: PreparedEntity, now: Instant) -> EntityUpdate? {
        if document == prepared.document.bytes { return nil }
        let changes = AttributeChange.between(attributes, prepared.write.entity.attributes)
        if changes.isEmpty, EntityHead(self) == EntityHead(prepared.write.entity) { return nil }
        var new = self
        let entity = prepared.write.entity
        (new.types, new.scopes, new.expiresAt) = (entity.types, entity.scopes, entity.expiresAt)
        new.document = prepared.document.bytes
        new.touch(changes, now: now)
        return EntityUpdate(old: self, new: new, changes: changes)
    }

    /// What laying an entity over this one makes of it: types and scopes are added, attributes merged; nil if nothing.
    func merged(with prepared: PreparedEntity, now: Instant) -> EntityUpdate? {
        let entity = prepared.write.entity
        var head = EntityHead(self)
        head.types += entity.types.filter { !types.contains($0) }
        head.scopes += entity.scopes.filter { !scopes.contains($0) }
        if let expiresAt = entity.expiresAt { head.expiresAt = expiresAt }
        let changed = applying(head: head, now: now) { tape in
            entity.attributes.members.map { member in
                let old = tape.root[member.name]
                let tree = old?.value
                return AttributeChange(
                    name: member.name, old: tree, new: AttributeInstances.merged(tree, with: member.value),
                    oldText: old.map { Array($0.rawBytes) })
            }
        }
        return changed.map { EntityUpdate(old: self, new: $0, changes: $1) }
    }
}
