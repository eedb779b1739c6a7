import Entities
import JSON
import Storage

/// A part of an entity as a client sends it (ETSI GS CIM 009 clause 5.4), with stored names and normalized attributes.
struct EntityFragment: Sendable {
    var id: String?
    var types: [String]?
    /// Empty: they are taken away.
    var scopes: [String]?
    /// `.some(nil)`: the entity stays for good.
    var expiresAt: Instant??
    var attributes = JSONObject()

    var isEmpty: Bool { types == nil && scopes == nil && expiresAt == nil && attributes.isEmpty }
}

/// Reads entities and parts of them in any form that the standard has for input.
struct EntityInput {
    var attributes: AttributeInput

    init(_ context: RequestContext, isSimplified: Bool = false, isFragment: Bool = false) {
        attributes = AttributeInput(context: context, isSimplified: isSimplified, isFragment: isFragment)
    }

    private var context: RequestContext { attributes.context }

    /// A whole entity; its id is the one in the address, if there is one.
    func entity(_ json: JSON, id: String? = nil) throws(Refusal) -> Entity {
        let fragment = try fragment(json, of: id)
        guard let given = fragment.id ?? id, let types = fragment.types else {
            throw Refusal(
                .badRequest, "An entity needs an \"id\" and a \"type\", which is a text or an array of texts.",
                faults: [.init(fragment.id == nil && id == nil ? "/id" : "/type", "It is missing.")])
        }
        for member in fragment.attributes.members {
            guard !AttributeInstances.all(member.value).contains(where: { NGSINull.isNull(instance: $0.object) }) else {
                throw Refusal(
                    .badRequest, "null is no value of an attribute of a whole entity; leave the attribute out.",
                    faults: [.init("/\(member.name)", "It is null.")])
            }
        }
        return Entity(
            id: given, types: types, attributes: fragment.attributes, scopes: fragment.scopes ?? [],
            expiresAt: fragment.expiresAt.flatMap(\.self))
    }

    /// What a client says of the entity `id`; nil: of any.
    func fragment(_ json: JSON, of id: String?) throws(Refusal) -> EntityFragment {
        guard let object = json.objectValue else {
            throw Refusal(.badRequest, "The body must be one JSON object.")
        }
        var fragment = EntityFragment()
        var members: [JSONObject.Member] = []
        members.reserveCapacity(object.count)
        for member in object.members {
            if try take(member, into: &fragment) { continue }
            members.append(.init(try context.stored(member.name), try attributes.attribute(member.value)))
        }
        if let id, let given = fragment.id, given != id {
            throw Refusal(
                .badRequest, "The body's id is not the id in the address.", faults: [.init("/id", "Leave it out.")])
        }
        fragment.attributes = try members.unique()
        return fragment
    }

    /// Takes a member of the entity itself; false: it is an attribute.
    private func take(_ member: JSONObject.Member, into fragment: inout EntityFragment) throws(Refusal) -> Bool {
        switch context.keyword(member.name) {
        case "@id": fragment.id = try text(member)
        case "@type": fragment.types = try types(member)
        case nil:
            switch member.name {
            case "@id": fragment.id = try text(member)
            case "@type": fragment.types = try types(member)
            case "scope": fragment.scopes = try scopes(member)
            case "expiresAt": fragment.expiresAt = .some(try instant(member))
            // Only the store gives these (clause 4.8).
            case "createdAt", "modifiedAt", "deletedAt": break
            default: return false
            }
        default: return false
        }
        return true
    }

    private func text(_ member: JSONObject.Member) throws(Refusal) -> String {
        guard let text = member.value.stringValue else { throw Self.fault(member, "It must be a URI.") }
        return context.reference(text)
    }

    private func types(_ member: JSONObject.Member) throws(Refusal) -> [String] {
        guard let texts = Self.texts(member.value), !texts.isEmpty else {
            throw Self.fault(member, "It must be a text or an array of texts.")
        }
        var types: [String] = []
        for text in texts {
            let stored = try context.stored(text)
            if !types.contains(stored) { types.append(stored) }
        }
        return types
    }

    private func scopes(_ member: JSONObject.Member) throws(Refusal) -> [String] {
        if NGSINull.isNull(member.value) { return [] }
        // Clients that took them from a normalized answer of another broker may send a Property.
        guard let texts = Self.texts(member.value["value"] ?? member.value) else {
            throw Self.fault(member, "It must be a scope such as /Kumamoto/Parks, or an array of scopes.")
        }
        return texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func instant(_ member: JSONObject.Member) throws(Refusal) -> Instant? {
        if NGSINull.isNull(member.value) { return nil }
        guard let instant = member.value.stringValue.flatMap(DateTime.instant) else {
            throw Self.fault(member, "It must be a DateTime such as 2026-04-01T00:00:00Z.")
        }
        return instant
    }

    private static func texts(_ json: JSON) -> [String]? {
        if let text = json.stringValue { return [text] }
        guard let elements = json.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count ? texts : nil
    }

    private static func fault(_ member: JSONObject.Member, _ detail: String) -> Refusal {
        Refusal(
            .badRequest, "The member '\(member.name.prefix(100))' cannot be read. \(detail)",
            faults: [.init("/\(member.name.prefix(100))", detail)])
    }
}
