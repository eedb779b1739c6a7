import Entities
import JSON
import Storage

/// Brings attributes as clients send them into normalized form with stored names: concise ones (ETSI GS CIM 009 clause
/// 4.5.0) get their type, simplified ones (4.5.4) their object.
struct AttributeInput {
    let context: RequestContext
    /// Values stand alone (`format=simplified`).
    var isSimplified = false
    /// Parts of attributes are taken too: objects of nothing but metadata stay without type and value.
    var isFragment = false

    private static let geometries: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]
    private static let deepest = 16

    func attribute(_ value: JSON) throws(Refusal) -> JSON {
        isSimplified ? try simplified(value) : try attribute(value, depth: 0)
    }

    private func attribute(_ value: JSON, depth: Int) throws(Refusal) -> JSON {
        guard depth < Self.deepest else { return value }
        if let elements = value.arrayValue, !elements.isEmpty, elements.allSatisfy(isInstance) {
            var instances: [JSON] = []
            for element in elements { instances.append(try attribute(element, depth: depth + 1)) }
            return .array(instances)
        }
        guard let object = value.objectValue else { return ["type": "Property", "value": value] }
        if Self.isGeometry(value) { return ["type": "GeoProperty", "value": value] }
        if let kind = kind(of: object) { return .object(try instance(object, kind, depth: depth)) }
        if isFragment, Self.isMetadata(object) { return .object(try instance(object, nil, depth: depth)) }
        return object["type"] == nil ? ["type": "Property", "value": value] : value
    }

    /// Part of an attribute: its own members as they are, the others as sub-attributes (clause 5.6.4).
    func part(_ object: JSONObject) throws(Refusal) -> JSONObject {
        try instance(object, object["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)), depth: 0)
    }

    private func instance(_ object: JSONObject, _ kind: AttributeKind?, depth: Int) throws(Refusal) -> JSONObject {
        var members: [JSONObject.Member] = kind.map { [.init("type", .string($0.rawValue))] } ?? []
        for member in object.members where member.name != "type" || kind == nil {
            members.append(try self.member(member, depth: depth))
        }
        return try members.unique()
    }

    private func member(_ member: JSONObject.Member, depth: Int) throws(Refusal) -> JSONObject.Member {
        if AttributeMembers.vocabularies.contains(member.name) {
            return .init(member.name, try vocabulary(member.value))
        }
        switch member.name {
        case "object", "objectList": return .init(member.name, references(member.value))
        case _ where AttributeMembers.isOwn(member.name): return member
        default: return .init(try context.stored(member.name), try attribute(member.value, depth: depth + 1))
        }
    }

    private func vocabulary(_ value: JSON) throws(Refusal) -> JSON {
        switch value {
        case .string(NGSINull.text): return value
        case .string(let name): return .string(try context.stored(name))
        case .array(let elements):
            var names: [JSON] = []
            for element in elements { names.append(try vocabulary(element)) }
            return .array(names)
        default: return value
        }
    }

    /// URIs, of which compact ones are made whole.
    private func references(_ value: JSON) -> JSON {
        if context.isCore { return value }
        switch value {
        case .string(let text): return .string(context.reference(text))
        case .array(let elements): return .array(elements.map(references))
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { $0.name == "object" ? .init($0.name, references($0.value)) : $0 }))
        default: return value
        }
    }

    /// Several instances stand under `dataset`, one of another kind than Property or GeoProperty under its value's name.
    private func simplified(_ value: JSON) throws(Refusal) -> JSON {
        guard let object = value.objectValue, object.count == 1, let member = object.members.first else {
            return Self.isGeometry(value)
                ? ["type": "GeoProperty", "value": value] : ["type": "Property", "value": value]
        }
        if member.name == "dataset", let datasets = member.value.objectValue {
            var instances: [JSON] = []
            for dataset in datasets.members {
                var instance = try simplified(dataset.value)
                if dataset.name != "@none" { instance["datasetId"] = .string(dataset.name) }
                instances.append(instance)
            }
            return .array(instances)
        }
        let kind = AttributeKind.allCases.first { $0.valueMember == member.name && $0.valueMember != "value" }
        guard let kind else { return ["type": "Property", "value": value] }
        return .object(try instance(object, kind, depth: 0))
    }

    /// The kind that an attribute names, or that the member with its value tells.
    private func kind(of object: JSONObject) -> AttributeKind? {
        if let name = object["type"]?.stringValue { return AttributeKind(rawValue: name) }
        if let value = object["value"] { return Self.isGeometry(value) ? .geoProperty : .property }
        return AttributeKind.allCases.first { $0.valueMember != "value" && object[$0.valueMember] != nil }
    }

    private func isInstance(_ json: JSON) -> Bool {
        json.objectValue.map { kind(of: $0) != nil || isFragment && Self.isMetadata($0) } ?? false
    }

    private static func isMetadata(_ object: JSONObject) -> Bool {
        !object.isEmpty && object.members.allSatisfy { AttributeMembers.metadata.contains($0.name) }
    }

    private static func isGeometry(_ json: JSON) -> Bool {
        guard let name = json["type"]?.stringValue, geometries.contains(name) else { return false }
        return json["coordinates"] != nil || json["geometries"] != nil
    }
}

extension [JSONObject.Member] {
    /// An object of members whose names a context may have made equal, which is refused.
    func unique() throws(Refusal) -> JSONObject {
        let object = JSONObject(self)
        guard object.count == count else {
            var seen: Set<String> = []
            let name = first { !seen.insert($0.name).inserted }?.name ?? ""
            throw Refusal(
                .badRequest, "Two names mean '\(name.prefix(200))' in this @context.",
                faults: [.init("/" + name.prefix(200), "Give it once.")])
        }
        return object
    }
}
