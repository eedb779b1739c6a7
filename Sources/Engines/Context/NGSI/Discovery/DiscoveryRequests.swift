import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// What types and attributes there are (ETSI GS CIM 009 clauses 5.7.5 to 5.7.10), as far as the reader sees entities of
/// them. Figures are folded from the log, and so a moment behind.
struct DiscoveryRequests: Sendable {
    let parts: NGSIParts

    func types(_ call: Call) async throws -> Answer {
        try await answer(call) { context, space in
            let types = try await parts.store.types(call.context, space: space)
            guard call.flag("details") else {
                return [
                    "id": Self.id("EntityTypeList", call), "type": "EntityTypeList",
                    "typeList": .array(types.map { .string(context.compact($0.type)) }),
                ]
            }
            var list: [JSON] = []
            for type in types {
                let attributes = try await parts.store.attributes(call.context, type: type.type, space: space)
                list.append([
                    "id": .string(RequestContext.iri(type.type)), "type": "EntityType",
                    "typeName": .string(context.compact(type.type)),
                    "attributeNames": .array(attributes.map(\.name).sorted().map { .string(context.compact($0)) }),
                ])
            }
            return .array(list)
        }
    }

    func type(_ call: Call) async throws -> Answer {
        let asked = call.parameter("type")
        return try await answer(call) { context, space in
            let name = try context.stored(asked)
            let types = try await parts.store.types(call.context, space: space)
            guard let type = types.first(where: { $0.type == name }) else {
                throw Refusal(.notFound, "There are no entities of the type '\(asked.prefix(200))'.")
            }
            let attributes = try await parts.store.attributes(call.context, type: name, space: space)
            return [
                "id": .string(RequestContext.iri(name)), "type": "EntityTypeInfo",
                "typeName": .string(context.compact(name)), "entityCount": JSON(type.count),
                "attributeDetails": .array(
                    attributes.sorted { $0.name < $1.name }.map { Self.attribute($0, context) }),
            ]
        }
    }

    func attributes(_ call: Call) async throws -> Answer {
        try await answer(call) { context, space in
            let found = try await survey(call, space)
            guard call.flag("details") else {
                return [
                    "id": Self.id("AttributeList", call), "type": "AttributeList",
                    "attributeList": .array(found.map { .string(context.compact($0.summary.name)) }),
                ]
            }
            return .array(
                found.map { attribute in
                    [
                        "id": .string(RequestContext.iri(attribute.summary.name)), "type": "Attribute",
                        "attributeName": .string(context.compact(attribute.summary.name)),
                        "typeNames": .array(attribute.types.map { .string(context.compact($0)) }),
                    ]
                })
        }
    }

    func attribute(_ call: Call) async throws -> Answer {
        let asked = call.parameter("name")
        return try await answer(call) { context, space in
            let name = try context.stored(asked)
            guard let found = try await survey(call, space).first(where: { $0.summary.name == name }) else {
                throw Refusal(.notFound, "No entity has the attribute '\(asked.prefix(200))'.")
            }
            var json = Self.attribute(found.summary, context)
            json["attributeCount"] = JSON(found.summary.count)
            json["typeNames"] = .array(found.types.map { .string(context.compact($0)) })
            return json
        }
    }

    /// An attribute with the types that have it.
    private struct Surveyed {
        var summary: AttributeSummary
        var types: [String]
    }

    /// All attributes in order of name.
    private func survey(_ call: Call, _ space: String) async throws(Refusal) -> [Surveyed] {
        var found: [String: Surveyed] = [:]
        for type in try await parts.store.types(call.context, space: space) {
            for attribute in try await parts.store.attributes(call.context, type: type.type, space: space) {
                var known =
                    found[attribute.name]
                    ?? Surveyed(
                        summary: AttributeSummary(name: attribute.name, kinds: [], units: [], count: 0), types: [])
                known.summary.kinds += attribute.kinds.filter { !known.summary.kinds.contains($0) }
                known.summary.count += attribute.count
                known.types.append(type.type)
                found[attribute.name] = known
            }
        }
        return found.values.sorted { $0.summary.name < $1.summary.name }
    }

    private static func attribute(_ summary: AttributeSummary, _ context: RequestContext) -> JSON {
        [
            "id": .string(RequestContext.iri(summary.name)), "type": "Attribute",
            "attributeName": .string(context.compact(summary.name)),
            "attributeTypes": .array(summary.kinds.map { .string($0.rawValue) }),
        ]
    }

    private static func id(_ kind: String, _ call: Call) -> JSON {
        .string("urn:ngsi-ld:\(kind):\(Call.percentEncoded(call.context.requestID, keeping: ""))")
    }

    private func answer(
        _ call: Call, _ body: (RequestContext, String) async throws -> JSON
    ) async throws -> Answer {
        let space = NGSISpace(call)
        let context = try await parts.contexts.context(of: call, space: space.name)
        try await space.requireExisting(call, parts.store)
        let isLinked = call.preferred(of: ["application/json", "application/ld+json"]) == "application/ld+json"
        let shown = isLinked ? context : context.linked
        let json = try await body(shown, space.name)
        guard isLinked else {
            return space.mark(.json(json, headers: [.link: shown.linkHeader]))
        }
        return space.mark(.json(shown.adding(to: json), type: "application/ld+json"))
    }
}
