import Entities
import JSON
import Storage

/// Makes of a stored attribute what a client sees of it: chosen instances and language, system times, its form, and the
/// names of the client's context.
struct AttributeOutput: Sendable {
    var form: Representation.Form
    var hasSystemAttributes: Bool
    var names: RequestContext
    var languages: LanguageChoice?
    /// `datasetId`s, empty text for the default instance; empty: all.
    var datasets: Set<String>

    /// Nil if none of its instances is asked for.
    func value(
        _ attribute: JSON, of entity: StoredEntity, name: String, linked: LinkedObjects?
    ) -> JSON? {
        var value = attribute
        if !datasets.isEmpty {
            let kept = AttributeInstances.all(attribute).filter { datasets.contains($0.dataset) }
            guard let chosen = AttributeInstances.attribute(kept) else { return nil }
            value = chosen
        }
        if let languages { value = value.mappingInstances { languages.instance($0) } }
        if form == .simplified { return SimplifiedAttribute.value(value, linked: linked, names: names) }
        if hasSystemAttributes { value = timed(value, entity, name) }
        if let linked { value = value.mappingInstances { linked.instance($0) } }
        if form == .concise { value = ConciseAttribute.value(value) }
        return names.isCore ? value : compacted(value)
    }

    private func timed(_ value: JSON, _ entity: StoredEntity, _ name: String) -> JSON {
        let times: [JSONObject.Member] = [
            .init("createdAt", .string(DateTime.text(entity.createdAt(ofAttribute: name)))),
            .init("modifiedAt", .string(DateTime.text(entity.modifiedAt(ofAttribute: name)))),
        ]
        return value.mappingInstances { JSONObject($0.members + times) }
    }

    private func compacted(_ attribute: JSON) -> JSON {
        // A concise value stands alone.
        guard attribute.objectValue != nil || attribute.arrayValue?.first?.objectValue != nil else { return attribute }
        return attribute.mappingInstances { instance in
            guard form != .concise || isInstance(instance) else { return instance }
            return JSONObject(instance.members.map(compacted))
        }
    }

    /// Whether a concise object is an attribute and not the value of one, which is a geometry then.
    private func isInstance(_ object: JSONObject) -> Bool {
        object["coordinates"] == nil && object["geometries"] == nil
    }

    private func compacted(_ member: JSONObject.Member) -> JSONObject.Member {
        if AttributeMembers.vocabularies.contains(member.name) {
            return .init(member.name, SimplifiedAttribute.vocabulary(member.value, names))
        }
        if AttributeMembers.isOwn(member.name) { return member }
        return .init(names.compact(member.name), compacted(member.value))
    }
}
