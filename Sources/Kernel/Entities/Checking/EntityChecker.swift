import JSON
import Storage

/// Checks an entity in normalized form (ETSI GS CIM 009 clause 4.5) and drops what only the store may give.
package enum EntityChecker {
    static let mostAttributes = 1_000
    static let reservedNames: Set<String> = [
        "id", "type", "@context", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt",
    ]

    /// Whether an attribute may have this name: well formed, and none of the entity's own members.
    package static func mayBeAttribute(_ name: String) -> Bool {
        Names.isName(name) && !reservedNames.contains(name)
    }

    /// The attributes as they will be stored. Refuses with `invalid` and a fault for each thing that is wrong, with
    /// JSON pointers into the entity.
    package static func check(_ entity: Entity, _ naming: Naming = .linkedData) throws(Refusal) -> JSONObject {
        var faults: [Refusal.Fault] = []
        if !Names.isID(entity.id, naming) {
            faults.append(.init("/id", "The id must be a URI, such as urn:ngsi-ld:Type:1, of at most 512 bytes."))
        }
        faults += Self.faults(types: entity.types, naming) + Self.faults(scopes: entity.scopes)
        let attributes = check(entity.attributes, naming, &faults)
        guard faults.isEmpty else {
            throw Refusal(.invalid, "The entity is not valid NGSI-LD: \(faults[0].detail)", faults: faults)
        }
        return attributes
    }

    /// Attributes of a fragment (clause 5.4) as they will be stored.
    package static func check(_ attributes: JSONObject, _ naming: Naming = .linkedData) throws(Refusal) -> JSONObject {
        var faults: [Refusal.Fault] = []
        let checked = check(attributes, naming, &faults)
        guard faults.isEmpty else {
            throw Refusal(.invalid, "The attributes are not valid NGSI-LD: \(faults[0].detail)", faults: faults)
        }
        return checked
    }

    /// Refuses with `invalid` what cannot be an entity's types or scopes.
    static func check(types: [String], scopes: [String], _ naming: Naming) throws(Refusal) {
        let faults = faults(types: types, naming) + faults(scopes: scopes)
        guard faults.isEmpty else { throw Refusal(.invalid, faults[0].detail, faults: faults) }
    }

    private static func faults(types: [String], _ naming: Naming) -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        if types.isEmpty { faults.append(.init("/type", "An entity needs at least one type.")) }
        for type in types where !Names.isName(type, naming) {
            faults.append(.init("/type", "'\(type.shortened)' is not a type name: use letters, digits, _ or an IRI."))
        }
        if Set(types).count < types.count { faults.append(.init("/type", "A type is given twice.")) }
        return faults
    }

    private static func faults(scopes: [String]) -> [Refusal.Fault] {
        scopes.filter { !Names.isScope($0) }
            .map { .init("/scope", "'\($0.shortened)' is not a scope: write it like /Kumamoto/Parks.") }
    }

    private static func check(
        _ attributes: JSONObject, _ naming: Naming, _ faults: inout [Refusal.Fault]
    ) -> JSONObject {
        if attributes.members.count > mostAttributes {
            faults.append(.init("", "An entity may have at most \(mostAttributes) attributes."))
            return attributes
        }
        var checker = AttributeChecker(naming: naming)
        let members = attributes.members.compactMap { member -> JSONObject.Member? in
            if AttributeKind.systemMembers.contains(member.name) { return nil }
            return JSONObject.Member(member.name, checker.check(member.name, member.value))
        }
        faults += checker.faults
        return JSONObject(members)
    }
}

extension String {
    /// For error sentences, so that a huge input does not come back whole.
    package var shortened: String { count > 60 ? prefix(60) + "…" : self }
}
