import Entities
import JSON
import Storage

/// How entities are shown: form, attributes, metadata («Filtering out attributes and metadata»).
struct V2Representation: Sendable {
    enum Form: Sendable { case normalized, keyValues, values, unique }

    private static let builtins = ["dateCreated", "dateModified", "dateExpires", "servicePath"]

    var form = Form.normalized
    /// Names in order, `*` for all of the entity's own; empty: these.
    var attributes: [String]
    /// The same for metadata.
    var metadata: [String]

    init(form: Form = .normalized, attributes: [String] = [], metadata: [String] = []) {
        self.form = form
        self.attributes = attributes
        self.metadata = metadata
    }

    init(_ request: V2Request) {
        self.init(form: Self.form(request), attributes: request.list("attrs"), metadata: request.list("metadata"))
        for name in ["dateCreated", "dateModified"] where request.has(name) {
            attributes = (attributes.isEmpty ? ["*"] : attributes) + [name]
        }
    }

    static func form(_ request: V2Request) -> Form {
        if request.has("unique") { return .unique }
        if request.has("values") { return .values }
        return request.has("keyValues") ? .keyValues : .normalized
    }

    /// The entity as JSON: an object, or an array of values.
    func json(_ entity: StoredEntity) -> JSON {
        let shown = shown(entity)
        switch form {
        case .values: return .array(shown.map(\.attribute.value))
        case .unique: return .array(shown.map(\.attribute.value).removingRepetitions())
        case .normalized, .keyValues: return .object(JSONObject(head(entity) + members(shown)))
        }
    }

    /// The attributes alone.
    func attributesJSON(_ entity: StoredEntity) -> JSON {
        form == .values || form == .unique ? json(entity) : .object(JSONObject(members(shown(entity))))
    }

    private func head(_ entity: StoredEntity) -> [JSONObject.Member] {
        [
            .init("id", .string(V2ID.id(entity.id))),
            .init("type", .string(entity.types.first.map(V2Names.name) ?? "Thing")),
        ]
    }

    func members(_ shown: [V2NamedAttribute]) -> [JSONObject.Member] {
        shown.map { .init($0.name, form == .keyValues ? $0.attribute.value : $0.attribute.json) }
    }

    /// The attributes that are asked for, in the order asked.
    func shown(_ entity: StoredEntity) -> [V2NamedAttribute] {
        let own = entity.v2Attributes
        guard !attributes.isEmpty else { return own.map { selecting($0, entity) } }
        var shown: [V2NamedAttribute] = []
        for name in attributes {
            if name == "*" {
                shown += own.filter { item in !shown.contains { $0.name == item.name } }
            } else if !shown.contains(where: { $0.name == name }) {
                if let found = own.first(where: { $0.name == name }) ?? Self.builtin(name, entity) {
                    shown.append(found)
                }
            }
        }
        return shown.map { selecting($0, entity) }
    }

    /// Keeps the metadata that are asked for.
    func selecting(_ item: V2NamedAttribute, _ entity: StoredEntity) -> V2NamedAttribute {
        guard !metadata.isEmpty, form == .normalized else { return item }
        var item = item
        let own = item.attribute.metadata
        let stored = V2Names.storedAttribute(item.name)
        item.attribute.metadata = metadata.reduce(into: []) { kept, name in
            if name == "*" {
                kept += own.filter { candidate in !kept.contains { $0.name == candidate.name } }
            } else if let found = own.first(where: { $0.name == name }) {
                kept.append(found)
            } else if name == "dateCreated" {
                kept.append(V2Metadata(name, type: "DateTime", value: .date(entity.createdAt(ofAttribute: stored))))
            } else if name == "dateModified" {
                kept.append(V2Metadata(name, type: "DateTime", value: .date(entity.modifiedAt(ofAttribute: stored))))
            }
        }
        return item
    }

    /// What Orion knows of an entity besides its attributes («Builtin Attributes»).
    static func builtin(_ name: String, _ entity: StoredEntity) -> V2NamedAttribute? {
        switch name {
        case "dateCreated": V2NamedAttribute(name, V2Attribute(type: "DateTime", value: .date(entity.createdAt)))
        case "dateModified": V2NamedAttribute(name, V2Attribute(type: "DateTime", value: .date(entity.modifiedAt)))
        case "dateExpires":
            entity.expiresAt.map { V2NamedAttribute(name, V2Attribute(type: "DateTime", value: .date($0))) }
        case "servicePath":
            V2NamedAttribute(name, V2Attribute(type: "Text", value: .string(V2ServicePath.path(of: entity))))
        default: nil
        }
    }
}

extension JSON {
    static func date(_ instant: Instant) -> JSON { .string(V2DateTime.text(instant)) }
}

extension StoredEntity {
    /// The attributes as NGSIv2 shows them.
    var v2Attributes: [V2NamedAttribute] {
        attributes.members.compactMap { member in
            V2Attribute(stored: member.value).map { V2NamedAttribute(V2Names.name(member.name), $0) }
        }
    }
}

extension [JSON] {
    fileprivate func removingRepetitions() -> [JSON] {
        reduce(into: []) { kept, value in
            if !kept.contains(value) { kept.append(value) }
        }
    }
}
