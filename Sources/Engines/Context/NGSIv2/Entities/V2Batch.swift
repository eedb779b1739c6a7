import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// `POST /v2/op/update` and `/v2/op/notify`: many entities at once.
struct V2Batch: Sendable {
    let store: EntityStore

    func update(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        guard let body = try call.v2JSON().objectValue else { throw Refusal.badV2("not a JSON object") }
        guard !body.isEmpty else { throw Refusal.badV2("empty payload") }
        for name in body.names where name != "actionType" && name != "entities" {
            throw Refusal.badV2("Unrecognized field in JSON payload: /\(name.prefix(50))/")
        }
        let action = try Self.action(body["actionType"])
        guard let entities = body["entities"] else {
            throw Refusal.badV2("Invalid payload: mandatory field entities not found")
        }
        let inputs = try Self.inputs(entities, keyValues: request.has("keyValues"))
        if action == .delete, inputs.contains(where: \.attributes.isEmpty) {
            try call.context.require(ContextModule.delete)
        }
        let run = V2BatchRun(
            writer: try V2Writer(store, request), action: action, overridesMetadata: request.has("overrideMetadata"))
        try await run.apply(inputs)
        return .noContent
    }

    /// A notification of another broker is an append of its entities.
    func notify(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        guard let body = try call.v2JSON().objectValue else { throw Refusal.badV2("not a JSON object") }
        guard body["subscriptionId"]?.stringValue != nil else {
            throw Refusal.badV2("/subscriptionId/ must be a JSON String")
        }
        guard let data = body["data"], data.arrayValue != nil else {
            throw Refusal.badV2("/data/ must be a JSON Array")
        }
        let run = V2BatchRun(writer: try V2Writer(store, request), action: .append, overridesMetadata: false)
        try await run.apply(try Self.inputs(data, keyValues: false))
        return Answer(.ok)
    }

    private static func action(_ json: JSON?) throws(Refusal) -> V2Edit.Action {
        guard let json else { throw .badV2("Invalid payload: mandatory field actionType not found") }
        let old = [
            "APPEND": "append", "APPEND_STRICT": "appendStrict", "UPDATE": "update", "DELETE": "delete",
            "REPLACE": "replace",
        ]
        guard let text = json.stringValue, let action = V2Edit.Action(rawValue: old[text] ?? text) else {
            throw .badV2("invalid update action type")
        }
        return action
    }

    private static func inputs(_ json: JSON, keyValues: Bool) throws(Refusal) -> [V2EntityInput] {
        guard let elements = json.arrayValue else { throw .badV2("not a JSON array") }
        guard !elements.isEmpty else { throw .badV2("empty entities vector") }
        var inputs: [V2EntityInput] = []
        for element in elements { inputs.append(try V2EntityInput(entity: element, keyValues: keyValues)) }
        return inputs
    }
}

/// One batch at work. Entities that are found by a key of the store go through in few transactions; the rest, and what
/// another request changed meanwhile, one by one.
struct V2BatchRun: Sendable {
    let writer: V2Writer
    let action: V2Edit.Action
    let overridesMetadata: Bool

    /// What became of one entity.
    private enum Result { case done, missing, failed([String], isWhole: Bool) }

    func apply(_ inputs: [V2EntityInput]) async throws(Refusal) {
        var results: [Result] = []
        let known = try await known(inputs)
        var (items, places, names): ([BatchItem], [Int], [V2FailedNames]) = ([], [], [])
        for (place, input) in inputs.enumerated() {
            results.append(.done)
            let failed = V2FailedNames()
            guard let item = try item(input, known[place], failed) else { continue }
            items.append(item)
            places.append(place)
            names.append(failed)
        }
        let shared = zip(inputs, known).compactMap { input, known in known?.isShared == true ? input.id : nil }
        if !shared.isEmpty { try await writer.lookup.sharedIDs.add(shared) }
        let outcomes = try await writer.store.batch(writer.context, space: writer.space, items)
        for (index, outcome) in outcomes.enumerated() {
            results[places[index]] =
                try Self.result(outcome, names[index], inputs[places[index]])
                ?? .missing
        }
        let batched = Set(places.indices.compactMap { index in isFinal(outcomes[index]) ? places[index] : nil })
        for (place, input) in inputs.enumerated() where !batched.contains(place) {
            results[place] = try await alone(input)
        }
        try complain(inputs, results)
    }

    /// The stored id of each entity where a key tells it; nil where one must search.
    private func known(_ inputs: [V2EntityInput]) async throws(Refusal) -> [Known?] {
        let candidates = inputs.map { input -> [String]? in
            guard let type = input.type else { return nil }
            return [V2ID.plain(input.id), V2ID.qualified(input.id, type: type, path: writer.path.text)]
        }
        let ids = Array(Set(candidates.compactMap { $0 }.joined()))
        var stored: [String: StoredEntity] = [:]
        for start in stride(from: 0, to: ids.count, by: 400) {
            let part = Array(ids[start..<min(start + 400, ids.count)])
            let query = EntityQuery(space: writer.space, ids: part, limit: part.count)
            for entity in try await writer.store.query(writer.context, query).entities { stored[entity.id] = entity }
        }
        return zip(inputs, candidates).map { input, candidates in
            guard let candidates, let type = input.type else { return nil }
            if let plain = stored[candidates[0]] {
                let isSame = plain.types.contains(V2Names.storedType(type)) && [writer.path].matches(plain)
                if isSame { return .there(plain.id) }
                return stored[candidates[1]].map { .there($0.id) } ?? .absent(isQualified: true)
            }
            return stored[candidates[1]].map { .there($0.id) } ?? .absent(isQualified: false)
        }
    }

    private enum Known {
        case there(String)
        case absent(isQualified: Bool)

        /// Whether the entity will be another one of an id that is in use.
        var isShared: Bool { if case .absent(true) = self { true } else { false } }
    }

    private func item(_ input: V2EntityInput, _ known: Known?, _ failed: V2FailedNames) throws(Refusal) -> BatchItem? {
        switch known {
        case .there(let id):
            return action == .delete && input.attributes.isEmpty
                ? .delete(id: id) : .edit(id: id, failed.editing(edit(input)))
        case .absent(let isQualified) where action == .append || action == .appendStrict:
            return .create(try writer.creation.write(input, isQualified: isQualified))
        case .absent, nil: return nil
        }
    }

    private func edit(_ input: V2EntityInput) -> V2Edit {
        V2Edit(action: action, attributes: input.attributes, overridesMetadata: overridesMetadata)
    }

    /// Whether nothing is left to try: another request may have made or deleted the entity meanwhile.
    private func isFinal(_ outcome: Swift.Result<BatchOutcome, Refusal>) -> Bool {
        guard case .failure(let refusal) = outcome else { return true }
        return refusal.code != .alreadyExists && refusal.code != .notFound
    }

    /// Nil if there is no such entity. Throws what is no matter of this entity alone.
    private static func result(
        _ outcome: Swift.Result<BatchOutcome, Refusal>, _ failed: V2FailedNames, _ input: V2EntityInput
    ) throws(Refusal) -> Result? {
        switch outcome {
        case .success: return result(failed.names, input)
        case .failure(let refusal) where refusal.code == .notFound || refusal.code == .alreadyExists: return nil
        case .failure(let refusal): throw refusal
        }
    }

    private static func result(_ failed: [String], _ input: V2EntityInput) -> Result {
        failed.isEmpty ? .done : .failed(failed, isWhole: failed.count == input.attributes.count)
    }

    private func alone(_ input: V2EntityInput) async throws(Refusal) -> Result {
        do throws(Refusal) {
            switch action {
            case .append, .appendStrict:
                // Without a type the entity of the id is meant, whatever its type.
                if input.type == nil,
                    let found = try await writer.lookup.find(input.id, type: nil, paths: [writer.path])
                {
                    return Self.result(try await edit(input, found), input)
                }
                if action == .append { return try await writer.create(input, orUpdate: edit(input)) ? .done : .done }
                guard let found = try await writer.lookup.find(input.id, type: input.type, paths: [writer.path]) else {
                    return try await writer.create(input, orUpdate: nil) ? .done : .done
                }
                return Self.result(try await edit(input, found), input)
            case .update, .replace, .delete:
                let found = try await writer.lookup.one(input.id, type: input.type, paths: [writer.path])
                return Self.result(try await edit(input, found), input)
            }
        } catch {
            guard error.code == .notFound else { throw error }
            return .missing
        }
    }

    private func edit(_ input: V2EntityInput, _ entity: StoredEntity) async throws(Refusal) -> [String] {
        if action == .delete, input.attributes.isEmpty {
            try await writer.store.delete(writer.context, id: entity.id, space: writer.space)
            return []
        }
        return try await writer.edit(stored: entity.id, edit(input))
    }

    /// Refuses as Orion does where some or all entities or attributes were not there, or were there already.
    private func complain(_ inputs: [V2EntityInput], _ results: [Result]) throws(Refusal) {
        var parts: [String] = []
        var (missing, whole, fine) = (0, 0, 0)
        for (input, result) in zip(inputs, results) {
            let label = V2EntityInput.label(input.id, input.type)
            switch result {
            case .done: fine += 1
            case .missing:
                missing += 1
                parts.append("\(label) - [entity itself]")
            case .failed(let names, let isWhole):
                whole += isWhole ? 1 : 0
                parts.append("\(label) - [ \(names.joined(separator: ", ")) ]")
            }
        }
        guard !parts.isEmpty else { return }
        let sentence = V2Failure.sentence(action) + parts.joined(separator: ", ")
        if missing == inputs.count { throw .orion(.notFound, sentence) }
        let isPartial = fine > 0 || whole + missing < inputs.count
        throw .orion(isPartial ? .partialUpdate : .unprocessable, sentence)
    }
}
