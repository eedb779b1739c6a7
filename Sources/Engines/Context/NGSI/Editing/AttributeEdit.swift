import Entities
import JSON
import Storage

/// Edits of one attribute that is there, by its name and dataset (ETSI GS CIM 009 clauses 5.6.4, 5.6.5 and 5.6.19).
struct AttributeEdit: Sendable {
    let id: String
    let name: String
    /// As the client calls it.
    let shownName: String

    /// Members of the part take the place of those of the instance; null takes one away.
    func update(_ part: JSONObject) -> EntityEditing {
        { entity throws(Refusal) in
            var (instances, place) = try place(in: entity, AttributeInstance(object: part).dataset)
            if NGSINull.isNull(instance: part) {
                instances.remove(at: place)
                return EntityEdit(attributes: [(name, AttributeInstances.attribute(instances))])
            }
            try requireKind(part, instances[place])
            for member in part.members where member.name != "type" {
                instances[place].object[member.name] = isTakenAway(member.value) ? Optional<JSON>.none : member.value
            }
            return EntityEdit(attributes: [(name, AttributeInstances.attribute(instances))])
        }
    }

    /// A whole instance, or several, in the place of those of the same datasets.
    func replace(_ attribute: JSON) -> EntityEditing {
        { entity throws(Refusal) in
            var instances: [AttributeInstance] = []
            for new in AttributeInstances.all(attribute) {
                let (known, place) = try place(in: entity, new.dataset)
                if instances.isEmpty { instances = known }
                instances[place] = new
            }
            return EntityEdit(attributes: [(name, AttributeInstances.attribute(instances))])
        }
    }

    /// - Parameter dataset: nil: all instances.
    func delete(dataset: String?) -> EntityEditing {
        { entity throws(Refusal) in
            if name == "scope" {
                guard !entity.scopes.isEmpty else { throw missing("") }
                return EntityEdit(scopes: [])
            }
            guard let dataset else {
                guard try entity.tape().attribute(name) != nil else { throw missing("") }
                return EntityEdit(attributes: [(name, nil)])
            }
            var (instances, place) = try place(in: entity, dataset)
            instances.remove(at: place)
            return EntityEdit(attributes: [(name, AttributeInstances.attribute(instances))])
        }
    }

    private func place(
        in entity: StoredEntity, _ dataset: String
    ) throws(Refusal) -> (instances: [AttributeInstance], place: Int) {
        let instances = try entity.tape().attribute(name).map(AttributeInstances.all) ?? []
        guard let place = instances.firstIndex(where: { $0.dataset == dataset }) else { throw missing(dataset) }
        return (instances, place)
    }

    private func requireKind(_ part: JSONObject, _ instance: AttributeInstance) throws(Refusal) {
        let kind = instance.kind?.rawValue
        let values = part.names.filter(AttributeMembers.isValue)
        let isSame = part["type"].map { $0.stringValue == kind } ?? true
        guard isSame, values.allSatisfy({ $0 == instance.kind?.valueMember }) else {
            throw Refusal(
                .badRequest,
                "The attribute '\(shownName)' is a \(kind ?? "Property"); a part of it cannot change that.",
                faults: [.init("/type", "Replace the attribute to change its kind.")])
        }
    }

    private func isTakenAway(_ value: JSON) -> Bool {
        NGSINull.isNull(value) || value.objectValue.map { $0["type"] != nil && NGSINull.isNull(instance: $0) } ?? false
    }

    private func missing(_ dataset: String) -> Refusal {
        let what = dataset.isEmpty ? "" : " with the datasetId '\(dataset.prefix(200))'"
        return Refusal(.notFound, "The entity '\(id)' has no attribute '\(shownName.prefix(200))'\(what).")
    }
}
