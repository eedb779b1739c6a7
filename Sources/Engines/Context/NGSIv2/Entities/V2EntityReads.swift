import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Reads of entities, attributes and values.
struct V2EntityReads: Sendable {
    let store: EntityStore

    func list(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        var query = try V2ListQuery(request, lookup(request))
        try query.add(q: call.query["q"], mq: call.query["mq"])
        try query.add(
            georel: call.query["georel"], geometry: call.query["geometry"], coords: call.query["coords"])
        try await query.add(try V2Selection(request))
        return try await answer(query.query, V2Representation(request), call)
    }

    /// `POST /v2/op/query`.
    func query(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        guard let body = try call.v2JSON().objectValue else { throw Refusal.badV2("not a JSON object") }
        let wanted = try V2QueryBody(body)
        var query = try V2ListQuery(request, lookup(request))
        try query.add(q: wanted.expression["q"], mq: wanted.expression["mq"])
        try query.add(
            georel: wanted.expression["georel"], geometry: wanted.expression["geometry"],
            coords: wanted.expression["coords"])
        try await query.add(anyOf: wanted.entities)
        query.query.attributes = wanted.attributes.filter { $0 != "*" }.map(V2Names.storedAttribute)
        let shown = V2Representation(
            form: V2Representation.form(request), attributes: wanted.attrs ?? wanted.attributes,
            metadata: wanted.metadata)
        return try await answer(query.query, shown, call)
    }

    private func answer(_ query: EntityQuery, _ shown: V2Representation, _ call: Call) async throws -> Answer {
        let page = try await store.query(call.context, query)
        var answer = Answer.json(.array(page.entities.map(shown.json)))
        if let total = page.total, let name = HTTPField.Name.fiwareTotalCount { answer.headers[name] = String(total) }
        return answer
    }

    func entity(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        return .json(V2Representation(request).json(try await one(request)))
    }

    func attributes(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        return .json(V2Representation(request).attributesJSON(try await one(request)))
    }

    func attribute(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let entity = try await one(request)
        let item = V2NamedAttribute(call.parameter("name"), try Self.attribute(call.parameter("name"), of: entity))
        let shown = V2Representation(metadata: request.list("metadata"))
        return .json(shown.selecting(item, entity).attribute.json)
    }

    /// Objects and arrays as JSON, all else as text («Get Attribute Value»).
    func value(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let value = try Self.attribute(call.parameter("name"), of: try await one(request)).value
        let isCompound = value.arrayValue != nil || value.objectValue != nil
        let offered = isCompound ? ["application/json", "text/plain"] : ["text/plain"]
        guard let type = call.preferred(of: offered) else {
            throw Refusal.orion(.notAcceptable, "accepted MIME types: \(offered.joined(separator: ", "))")
        }
        return .bytes(value.bytes, type: type)
    }

    static func attribute(_ name: String, of entity: StoredEntity) throws(Refusal) -> V2Attribute {
        if name == "dateExpires", let builtin = V2Representation.builtin(name, entity) { return builtin.attribute }
        guard let stored = entity.attributes[V2Names.storedAttribute(name)],
            let attribute = V2Attribute(stored: stored)
        else { throw .orion(.notFound, OrionError.noAttribute) }
        return attribute
    }

    private func one(_ request: V2Request) async throws(Refusal) -> StoredEntity {
        try await lookup(request).one(
            request.call.parameter("id"), type: request.type, paths: try request.readPaths())
    }

    private func lookup(_ request: V2Request) -> V2Lookup {
        V2Lookup(store: store, context: request.call.context, space: request.space)
    }
}

/// The body of `POST /v2/op/query`.
struct V2QueryBody: Sendable {
    var entities: [V2Selection] = []
    /// What is shown; nil: everything.
    var attrs: [String]?
    /// Deprecated: what is shown, of entities that have one of them.
    var attributes: [String] = []
    var metadata: [String] = []
    var expression: [String: String] = [:]

    init(_ body: JSONObject) throws(Refusal) {
        guard !body.isEmpty else { throw .badV2("empty payload") }
        for member in body.members {
            switch member.name {
            case "entities":
                guard let elements = member.value.arrayValue else { throw .badV2("not a JSON array") }
                if elements.isEmpty { throw .badV2("empty entities vector") }
                for element in elements { entities.append(try V2Selection(json: element)) }
            case "attrs": attrs = try V2Lists.names(member.value, "attrs")
            case "attributes": attributes = try V2Lists.names(member.value, "attributes")
            case "metadata": metadata = try V2Lists.names(member.value, "metadata")
            case "expression": expression = try V2Lists.expression(member.value)
            default: throw .badV2("Unrecognized field in JSON payload: /\(member.name.prefix(50))/")
            }
        }
    }
}

/// Parts that bodies of queries and subscriptions share.
enum V2Lists {
    static let expressionNames = ["q", "mq", "georel", "geometry", "coords"]

    static func names(_ json: JSON, _ what: String) throws(Refusal) -> [String] {
        guard let elements = json.arrayValue else { throw .badV2("\(what) is not a JSON array") }
        let names = elements.compactMap(\.stringValue)
        guard names.count == elements.count else { throw .badV2("\(what) element is not a string") }
        guard !names.contains("") else { throw .badV2("empty \(what) name") }
        return names
    }

    static func expression(_ json: JSON) throws(Refusal) -> [String: String] {
        guard let object = json.objectValue else { throw .badV2("expression is not an object") }
        guard !object.isEmpty else { throw .badV2("empty expression") }
        var expression: [String: String] = [:]
        for member in object.members {
            guard expressionNames.contains(member.name) else {
                throw .badV2("unrecognized field in expression: \(member.name.prefix(50))")
            }
            guard let text = member.value.stringValue else { throw .badV2("\(member.name) is not a string") }
            guard !text.isEmpty else { throw .badV2("\(member.name) is empty") }
            expression[member.name] = text
        }
        return expression
    }
}
