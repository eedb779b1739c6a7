import Entities
import JSON
import Storage

/// How the entities of a notification look: which attributes, in which representation (ETSI GS CIM 009 clause 5.2.14).
struct NotificationForm: Sendable {
    private enum Representation: Sendable { case normalized, concise, simplified }

    private let representation: Representation
    /// Only these; empty: all.
    private let picked: Set<String>
    private let omitted: Set<String>
    private let hasSystemAttributes: Bool
    private let showsChanges: Bool
    private let isGeoJSON: Bool
    private let geometryProperty: String
    let context: JSON

    init(_ subscription: Subscription) {
        let record = subscription.record
        let notification = record.source["notification"]?.objectValue ?? JSONObject()
        func names(_ name: String) -> [String] {
            let value = notification[name]
            let texts = value?.arrayValue?.compactMap(\.stringValue) ?? value?.stringValue.map { [$0] } ?? []
            return texts.map(record.storedName)
        }
        picked = Set(names("attributes") + names("pick"))
        omitted = Set(names("omit"))
        hasSystemAttributes = notification["sysAttrs"]?.boolValue ?? false
        showsChanges = notification["showChanges"]?.boolValue ?? false
        isGeoJSON = subscription.endpoint.accept == "application/geo+json"
        geometryProperty = subscription.query.geo?.property ?? "location"
        representation =
            switch notification["format"]?.stringValue {
            case "concise": .concise
            case "keyValues", "simplified": .simplified
            default: .normalized
            }
        context = record.source["jsonldContext"] ?? record.source["@context"] ?? .string(CoreContext.address)
    }

    /// The `Link` header; nil if the context is no single address.
    var link: String? {
        let addresses = context.arrayValue?.compactMap(\.stringValue) ?? context.stringValue.map { [$0] } ?? []
        return addresses.first.map {
            "<\($0)>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
        }
    }

    /// Stored documents are the notification's data as they are.
    private var isStored: Bool {
        representation == .normalized && picked.isEmpty && omitted.isEmpty && !hasSystemAttributes && !showsChanges
            && !isGeoJSON
    }

    func write(_ entities: [NotifiedEntity], into bytes: inout [UInt8]) {
        if isGeoJSON {
            let features = entities.map { feature($0) }
            JSON.object(JSONObject([.init("type", "FeatureCollection"), .init("features", .array(features))]))
                .write(into: &bytes)
            return
        }
        bytes.append(UInt8(ascii: "["))
        for (index, notified) in entities.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            writeOne(notified, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    func writeOne(_ notified: NotifiedEntity, into bytes: inout [UInt8]) {
        if isStored, notified.deletedAt == nil, notified.change?.removed.isEmpty ?? true {
            bytes += notified.entity.document
        } else {
            JSON.object(JSONObject(members(notified))).write(into: &bytes)
        }
    }

    private func members(_ notified: NotifiedEntity) -> [JSONObject.Member] {
        let entity = notified.entity
        var members = head(entity)
        if let deletedAt = notified.deletedAt {
            members.append(.init("deletedAt", .string(DateTime.text(deletedAt))))
            guard showsChanges else { return members }
        } else if hasSystemAttributes {
            members.append(.init("createdAt", .string(DateTime.text(entity.createdAt))))
            members.append(.init("modifiedAt", .string(DateTime.text(entity.modifiedAt))))
        }
        for member in entity.attributes.members where isWanted(member.name) {
            members.append(.init(member.name, attribute(member, notified)))
        }
        guard notified.deletedAt == nil, let change = notified.change else { return members }
        for name in change.removed where isWanted(name) {
            if let gone = change.before[name] { members.append(.init(name, deleted(gone, at: change.time))) }
        }
        return members
    }

    private func head(_ entity: StoredEntity) -> [JSONObject.Member] {
        let types = entity.types.map { JSON.string($0) }
        let all: [JSONObject.Member] = [
            .init("id", .string(entity.id)), .init("type", types.count == 1 ? types[0] : .array(types)),
        ]
        return all.filter { !omitted.contains($0.name) }
    }

    private func isWanted(_ name: String) -> Bool {
        (picked.isEmpty || picked.contains(name)) && !omitted.contains(name)
    }

    private func attribute(_ member: JSONObject.Member, _ notified: NotifiedEntity) -> JSON {
        if representation == .simplified { return SimplifiedAttribute.value(member.value) }
        var value = member.value
        if notified.deletedAt == nil, hasSystemAttributes {
            let entity = notified.entity
            let times: [JSONObject.Member] = [
                .init("createdAt", .string(DateTime.text(entity.createdAt(ofAttribute: member.name)))),
                .init("modifiedAt", .string(DateTime.text(entity.modifiedAt(ofAttribute: member.name)))),
            ]
            value = value.mappingInstances { JSONObject($0.members + times) }
        }
        if showsChanges, let change = notified.change, let old = change.before[member.name] {
            value = PreviousValues.added(to: value, from: old)
        }
        return representation == .concise ? ConciseAttribute.value(value) : value
    }

    /// An attribute that is gone: the null of NGSI-LD (clause 4.5.0).
    private func deleted(_ attribute: JSON, at time: Instant) -> JSON {
        if representation == .simplified { return .string(Self.null) }
        return attribute.mappingInstances { instance in
            let kind = instance["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)) ?? .property
            var members: [JSONObject.Member] = []
            if representation == .normalized { members.append(.init("type", .string(kind.rawValue))) }
            members.append(.init(kind.valueMember, Self.null(of: kind)))
            if let dataset = instance["datasetId"] { members.append(.init("datasetId", dataset)) }
            if hasSystemAttributes { members.append(.init("deletedAt", .string(DateTime.text(time)))) }
            if showsChanges, let old = instance[kind.valueMember] {
                members.append(.init(PreviousValues.name(of: kind), old))
            }
            return JSONObject(members)
        }
    }

    private static let null = "urn:ngsi-ld:null"

    private static func null(of kind: AttributeKind) -> JSON {
        switch kind {
        case .languageProperty: ["@none": .string(null)]
        case .listProperty, .listRelationship: [.string(null)]
        default: .string(null)
        }
    }

    /// Clause 4.5.16.
    private func feature(_ notified: NotifiedEntity) -> JSON {
        let members = members(notified)
        let geometry = notified.entity.attributes[geometryProperty].map(SimplifiedAttribute.value) ?? .null
        let properties = members.filter { $0.name != "id" }
        return [
            "id": .string(notified.entity.id), "type": "Feature", "geometry": geometry,
            "properties": .object(JSONObject(properties)),
        ]
    }
}

/// What attributes were before a change (`showChanges`).
enum PreviousValues {
    static func name(of kind: AttributeKind) -> String {
        "previous" + kind.valueMember.prefix(1).uppercased() + kind.valueMember.dropFirst()
    }

    static func added(to attribute: JSON, from old: JSON) -> JSON {
        let before = Dictionary(
            AttributeInstances.all(old).map { ($0.dataset, $0) }, uniquingKeysWith: { first, _ in first })
        return attribute.mappingInstances { instance in
            guard let kind = instance["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)),
                let previous = before[instance["datasetId"]?.stringValue ?? ""]?.object[kind.valueMember]
            else { return instance }
            return JSONObject(instance.members + [.init(name(of: kind), previous)])
        }
    }
}
