import Entities
import HTTPTypes
import JSON
import Storage
import Synchronization
import Web

/// Writes of one entity.
struct V2EntityWrites: Sendable {
    let store: EntityStore

    /// `POST /v2/entities`.
    func create(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let writer = try V2Writer(store, request)
        let input = try V2EntityInput(entity: try call.v2JSON(), keyValues: request.has("keyValues"))
        let isUpsert = request.has("upsert")
        let edit = V2Edit(
            action: .append, attributes: input.attributes, overridesMetadata: request.has("overrideMetadata"))
        let made = try await writer.create(input, orUpdate: isUpsert ? edit : nil)
        let path = "/v2/entities/\(Call.percentEncoded(input.id, keeping: ":"))"
        let location = path + "?type=" + Call.percentEncoded(input.type ?? "Thing", keeping: ":")
        return Answer(made && !isUpsert ? .created : .noContent, headers: [.location: location])
    }

    /// `POST /v2/entities/{id}/attrs`.
    func append(_ call: Call) async throws -> Answer {
        try await update(call) { request in
            request.has("append") ? .appendStrict : .append
        }
    }

    /// `PATCH /v2/entities/{id}/attrs`.
    func update(_ call: Call) async throws -> Answer {
        try await update(call) { _ in .update }
    }

    /// `PUT /v2/entities/{id}/attrs`.
    func replace(_ call: Call) async throws -> Answer {
        try await update(call) { _ in .replace }
    }

    private func update(
        _ call: Call, _ action: (V2Request) -> V2Edit.Action
    ) async throws -> Answer {
        let request = try V2Request(call)
        let input = try V2EntityInput(attributes: try call.v2JSON(), keyValues: request.has("keyValues"))
        let edit = V2Edit(
            action: action(request), attributes: input.attributes, overridesMetadata: request.has("overrideMetadata"))
        if input.attributes.isEmpty, edit.action != .replace { throw Refusal.badV2("empty payload") }
        let failed = try await V2Writer(store, request).edit(call.parameter("id"), type: request.type, edit)
        if let failure = V2Failure(edit, failed, of: call.parameter("id"), request.type) { throw failure.refusal }
        return .noContent
    }

    func delete(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let writer = try V2Writer(store, request)
        let entity = try await writer.lookup.one(call.parameter("id"), type: request.type, paths: [writer.path])
        try await store.delete(call.context, id: entity.id, space: request.space)
        return .noContent
    }

    /// `PUT /v2/entities/{id}/attrs/{name}`.
    func putAttribute(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let json = try call.v2JSON()
        guard let object = json.objectValue else { throw Refusal.badV2("not a JSON object") }
        guard !object.isEmpty else { throw Refusal.badV2("empty payload") }
        let input = try V2AttributeInput(call.parameter("name"), json, keyValues: false, isKnown: true)
        return try await change(input, request, overridesMetadata: request.has("overrideMetadata"))
    }

    /// `PUT /v2/entities/{id}/attrs/{name}/value`: type and metadata stay.
    func putValue(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let writer = try V2Writer(store, request)
        let value = try V2Value.read(call)
        let name = call.parameter("name")
        let id = try await writer.lookup.one(call.parameter("id"), type: request.type, paths: [writer.path]).id
        _ = try await store.edit(call.context, id: id, space: request.space) { entity throws(Refusal) in
            let type = try V2EntityReads.attribute(name, of: entity).type
            let object: JSON = ["type": .string(type), "value": value]
            let input = try V2AttributeInput(name, object, keyValues: false, isKnown: true)
            return try V2Edit(action: .update, attributes: [input]).applied(to: entity).edit
        }
        return .noContent
    }

    func deleteAttribute(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let name = call.parameter("name")
        let edit = V2Edit(
            action: .delete, attributes: [try V2AttributeInput(name, .null, keyValues: true, isKnown: true)])
        let failed = try await V2Writer(store, request).edit(call.parameter("id"), type: request.type, edit)
        guard failed.isEmpty else { throw Refusal.orion(.notFound, OrionError.noAttribute) }
        return .noContent
    }

    private func change(
        _ input: V2AttributeInput, _ request: V2Request, overridesMetadata: Bool
    ) async throws -> Answer {
        let edit = V2Edit(action: .update, attributes: [input], overridesMetadata: overridesMetadata)
        let failed = try await V2Writer(store, request).edit(request.call.parameter("id"), type: request.type, edit)
        guard failed.isEmpty else { throw Refusal.orion(.notFound, OrionError.noAttribute) }
        return .noContent
    }
}

/// The value that a body holds («Update Attribute Value»).
enum V2Value {
    static func read(_ call: Call) throws(Refusal) -> JSON {
        guard !call.body.isEmpty else {
            throw .orion(.contentLengthRequired, "Zero/No Content-Length in PUT/POST/PATCH request")
        }
        guard call.headers[.contentType]?.lowercased().hasPrefix("text/plain") == true else {
            let json = try call.v2JSON()
            guard json.arrayValue != nil || json.objectValue != nil else {
                throw .orion(.parseError, "Errors found in incoming JSON buffer")
            }
            return json
        }
        return try text(String(decoding: call.body, as: UTF8.self))
    }

    /// `"text"`, `true`, `false`, `null` or a number.
    static func text(_ text: String) throws(Refusal) -> JSON {
        if text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count > 1 {
            return .string(String(text.dropFirst().dropLast()))
        }
        switch text {
        case "true": return true
        case "false": return false
        case "null": return .null
        default: break
        }
        guard let number = JSONNumber(text) else { throw .badV2("attribute value type not recognized") }
        return number.json
    }
}
