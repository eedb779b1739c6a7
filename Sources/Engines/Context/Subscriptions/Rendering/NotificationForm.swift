import Entities
import JSON
import Storage

/// How the entities of a notification look: which attributes, in which representation (ETSI GS CIM 009 clause 5.2.14).
struct NotificationForm: Sendable {
    private let form: Representation.Form
    /// Only these; empty: all.
    private let picked: Set<String>
    private let omitted: Set<String>
    private let hasSystemAttributes: Bool
    private let showsChanges: Bool
    private let isGeoJSON: Bool
    private let hasContext: Bool
    private let geometryProperty: String
    private let languages: LanguageChoice?
    /// `datasetId`s, empty text for the default instance; empty: all.
    private let datasets: Set<String>
    /// What names are compacted with.
    let context: RequestContext

    init(_ subscription: Subscription, _ context: RequestContext) {
        let record = subscription.record
        let notification = record.source["notification"]?.objectValue ?? JSONObject()
        picked = Set((Self.texts(notification["attributes"]) + Self.texts(notification["pick"])).map(record.storedName))
        omitted = Set(Self.texts(notification["omit"]).map(record.storedName))
        hasSystemAttributes = notification["sysAttrs"]?.boolValue ?? false
        showsChanges = notification["showChanges"]?.boolValue ?? false
        isGeoJSON = subscription.endpoint.accept == "application/geo+json"
        hasContext = subscription.endpoint.accept == "application/ld+json"
        geometryProperty = subscription.query.geo?.property ?? "location"
        languages = record.source["lang"]?.stringValue.flatMap { try? LanguageChoice(parsing: $0) }
        datasets = Set(Self.texts(record.source["datasetId"]).map { $0 == "@none" ? "" : $0 })
        let format = notification["format"]?.stringValue ?? ""
        form = format == "keyValues" ? .simplified : Representation.Form(rawValue: format) ?? .normalized
        self.context = hasContext ? context : context.linked
    }

    /// The elements of an array of texts, or one text.
    private static func texts(_ json: JSON?) -> [String] {
        json?.arrayValue?.compactMap(\.stringValue) ?? json?.stringValue.map { [$0] } ?? []
    }

    /// The `Link` header; nil if the context stands in the body.
    var link: String? { hasContext ? nil : context.linkHeader }

    /// Stored documents are the notification's data as they are.
    private var isStored: Bool {
        form == .normalized && picked.isEmpty && omitted.isEmpty && !hasSystemAttributes && !showsChanges && !isGeoJSON
            && languages == nil && datasets.isEmpty && context.isCore
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
        }
        for member in entity.attributes.members where isWanted(member.name) {
            if let value = attribute(member, notified) { members.append(.init(context.compact(member.name), value)) }
        }
        guard notified.deletedAt == nil, let change = notified.change else { return members }
        for name in change.removed where isWanted(name) {
            if let gone = change.before[name] {
                members.append(.init(context.compact(name), deleted(gone, name, notified, at: change.time)))
            }
        }
        return members
    }

    private func head(_ entity: StoredEntity) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = [
            .init("id", .string(entity.id)), .init("type", Self.oneOrMore(entity.types.map(context.compact))),
        ]
        if !entity.scopes.isEmpty { members.append(.init("scope", Self.oneOrMore(entity.scopes))) }
        if let expiresAt = entity.expiresAt { members.append(.init("expiresAt", .string(DateTime.text(expiresAt)))) }
        if hasSystemAttributes {
            members.append(.init("createdAt", .string(DateTime.text(entity.createdAt))))
            members.append(.init("modifiedAt", .string(DateTime.text(entity.modifiedAt))))
        }
        return members.filter { !omitted.contains($0.name) }
    }

    private static func oneOrMore(_ texts: [String]) -> JSON {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }

    private func isWanted(_ name: String) -> Bool {
        (picked.isEmpty || picked.contains(name)) && !omitted.contains(name)
    }

    /// Nil if none of its instances is asked for.
    private func attribute(_ member: JSONObject.Member, _ notified: NotifiedEntity) -> JSON? {
        var value = member.value
        if showsChanges, let old = notified.change?.before[member.name] {
            value = PreviousValues.added(to: value, from: old)
        }
        return output(timed: hasSystemAttributes && notified.deletedAt == nil)
            .value(value, of: notified.entity, name: member.name, linked: nil)
    }

    private func output(timed: Bool) -> AttributeOutput {
        AttributeOutput(
            form: form, hasSystemAttributes: timed, names: context, languages: languages, datasets: datasets)
    }

    /// An attribute that is gone: the null of NGSI-LD (clause 4.5.0).
    private func deleted(_ attribute: JSON, _ name: String, _ notified: NotifiedEntity, at time: Instant) -> JSON {
        if form == .simplified { return .string(Self.null) }
        let gone = attribute.mappingInstances { instance in
            let kind = instance["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)) ?? .property
            var members: [JSONObject.Member] = [
                .init("type", .string(kind.rawValue)), .init(kind.valueMember, Self.null(of: kind)),
            ]
            if let dataset = instance["datasetId"] { members.append(.init("datasetId", dataset)) }
            if hasSystemAttributes { members.append(.init("deletedAt", .string(DateTime.text(time)))) }
            if showsChanges, let old = instance[kind.valueMember] {
                members.append(.init(PreviousValues.name(of: kind), old))
            }
            return JSONObject(members)
        }
        var output = output(timed: false)
        (output.languages, output.datasets) = (nil, [])
        return output.value(gone, of: notified.entity, name: name, linked: nil) ?? gone
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
