import JSON
import Storage

/// The newest value of each attribute that came in bulk, to be set as the current one.
struct NewestValues {
    private var newest: [(attribute: String, observation: Observation)] = []

    init(_ observations: [String: [Observation]]) {
        for (attribute, values) in observations {
            let measured = values.filter { !$0.value.elementsEqual("null".utf8) }
            // Of several at one time the last given counts, as in the history.
            if let last = measured.enumerated().max(by: {
                ($0.element.observedAt, $0.offset) < ($1.element.observedAt, $1.offset)
            }) {
                newest.append((attribute, last.element))
            }
        }
        newest.sort { $0.attribute < $1.attribute }
    }

    /// The entity with those that are not older than what it has; nil if that changes nothing. Refuses with `invalid` if
    /// a value is no JSON or a name is none.
    func applied(to entity: StoredEntity, now: Instant) throws(Refusal) -> (StoredEntity, [AttributeChange])? {
        var parsed: [(String, JSON, Instant)] = []
        for (attribute, observation) in newest {
            guard Names.isName(attribute), let value = try? JSON(parsing: observation.value) else {
                throw Refusal(.invalid, "An observation of '\(attribute.shortened)' has no valid name or value.")
            }
            parsed.append((attribute, value, observation.observedAt))
        }
        return entity.applying(now: now) { tape in
            parsed.compactMap { name, value, time in
                let old = tape.root[name]?.value
                return Self.attribute(old, value, time).map { AttributeChange(name: name, old: old, new: $0) }
            }
        }
    }

    /// The attribute with the value; its unit and sub-attributes stay. Nil if what it has is newer, or no Property.
    private static func attribute(_ old: JSON?, _ value: JSON, _ time: Instant) -> JSON? {
        guard let old else {
            return ["type": "Property", "value": value, "observedAt": .string(DateTime.text(time))]
        }
        var instances = AttributeInstances.all(old)
        guard let index = instances.firstIndex(where: { $0.dataset.isEmpty }), instances[index].kind == .property else {
            return nil
        }
        if let current = instances[index].observedAt, current > time { return nil }
        if instances[index].observedAt == time, instances[index].value == value { return nil }
        instances[index].object["value"] = value
        instances[index].object["observedAt"] = .string(DateTime.text(time))
        return instances.count == 1 ? .object(instances[0].object) : .array(instances.map { .object($0.object) })
    }
}
