import Entities
import JSON
import Storage

extension Representation {
    /// Appends one entity. Stored bytes go out as they are where the form is theirs.
    func write(_ entity: StoredEntity, linked: LinkedObjects? = nil, into bytes: inout [UInt8]) {
        guard isStored else { return shown(entity, linked: linked).write(into: &bytes) }
        guard hasContext else {
            bytes += entity.document
            return
        }
        bytes += Array("{\"@context\":".utf8)
        context.member.write(into: &bytes)
        bytes.append(UInt8(ascii: ","))
        bytes += entity.document.dropFirst()
    }

    private func shown(_ entity: StoredEntity, linked: LinkedObjects?) -> JSON {
        if media == .geo {
            var feature = self.feature(entity, linked: linked)
            if hasContext { feature["@context"] = context.member }
            return feature
        }
        var members = self.members(entity, projection, linked: linked)
        if hasContext { members.insert(.init("@context", context.member), at: 0) }
        return .object(JSONObject(members))
    }

    /// Appends a list: an array, or a collection of features (clause 4.5.16.2).
    func write(_ entities: [StoredEntity], linked: LinkedObjects? = nil, into bytes: inout [UInt8]) {
        if media == .geo {
            var collection: JSON = [
                "type": "FeatureCollection", "features": .array(entities.map { feature($0, linked: linked) }),
            ]
            if hasContext { collection["@context"] = context.member }
            return collection.write(into: &bytes)
        }
        bytes.reserveCapacity(bytes.count + entities.reduce(2) { $0 + $1.document.count + 64 })
        bytes.append(UInt8(ascii: "["))
        for (index, entity) in entities.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(entity, linked: linked, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The entity's members in this form, without a context.
    func members(
        _ entity: StoredEntity, _ projection: Projection, linked: LinkedObjects?
    ) -> [JSONObject.Member] {
        var members = head(entity).filter { projection.shows($0.name) }
        let output = AttributeOutput(
            form: form, hasSystemAttributes: hasSystemAttributes, names: context, languages: languages,
            datasets: datasets)
        for member in entity.attributes.members where projection.showsAttribute(member.name) {
            let linked = linked.map { $0.through(member.name, of: entity, projection) }
            if let value = output.value(member.value, of: entity, name: member.name, linked: linked) {
                members.append(.init(context.compact(member.name), value))
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
        return members
    }

    private static func oneOrMore(_ texts: [String]) -> JSON {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }

    /// Clause 4.5.16.1: the geometry is that of the GeoProperty asked for, null if there is none.
    private func feature(_ entity: StoredEntity, linked: LinkedObjects?) -> JSON {
        let instances = (try? entity.tape())?.attribute(geometryProperty).map(AttributeInstances.all) ?? []
        let shown = instances.filter { datasets.isEmpty || datasets.contains($0.dataset) }
        let chosen = shown.first { $0.dataset.isEmpty } ?? shown.first
        let geometry = chosen.flatMap { $0.kind == .geoProperty ? $0.value : nil } ?? .null
        return [
            "id": .string(entity.id), "type": "Feature", "geometry": geometry,
            "properties": .object(
                JSONObject(members(entity, projection, linked: linked).filter { $0.name != "id" })),
        ]
    }
}
