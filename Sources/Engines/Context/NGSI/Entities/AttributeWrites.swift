import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Requests that write attributes of one entity (ETSI GS CIM 009 clauses 5.6.2 to 5.6.5 and 5.6.19).
struct AttributeWrites: Sendable {
    let parts: NGSIParts

    /// Clause 5.6.3.
    func append(_ call: Call) async throws -> Answer {
        let options = try call.list("options")
        for option in options where option != "noOverwrite" {
            throw Refusal(
                .badRequest, "There is no option '\(option.prefix(50))'.",
                faults: [.init("options", "It may be noOverwrite.")])
        }
        return try await write(
            call, .append(overwrites: options.isEmpty), reason: "The entity has the attribute already.")
    }

    /// Clause 5.6.2: attributes that the entity has are replaced, others are named in the answer and left.
    func update(_ call: Call) async throws -> Answer {
        try await write(call, .update, reason: "The entity has no such attribute.")
    }

    private func write(_ call: Call, _ mode: EditingMode, reason: String) async throws -> Answer {
        let (space, id) = (NGSISpace(call), try call.entityID())
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let fragment = try EntityInput(context).fragment(body, of: id)
        guard !fragment.isEmpty else { throw Refusal(.badRequest, "The body has no attribute.") }
        let edit = FragmentEdit(fragment, mode)
        let version = try await parts.matchingVersion(call, id, space)
        let outcome = try await parts.store.edit(
            call.context, id: id, space: space.name, version: version, edit.edit)
        let tag: HTTPFields = [.eTag: outcome.entity.tag.description]
        guard !edit.skipped.isEmpty else { return space.mark(Answer(.noContent, headers: tag)) }
        return space.mark(
            .json(edit.report(context, reason: reason), status: HTTPResponse.Status(code: 207), headers: tag))
    }

    /// Clause 5.6.4.
    func partialUpdate(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let edit = try attribute(call, context)
        guard case .object(let object) = body, !object.isEmpty else {
            throw Refusal(.badRequest, "The body must be one JSON object with what changes of the attribute.")
        }
        var part = try AttributeInput(context: context).part(object)
        if let dataset = call.query["datasetId"], part["datasetId"] == nil { part["datasetId"] = .string(dataset) }
        return try await apply(call, space, edit.update(part))
    }

    /// Clause 5.6.19.
    func replace(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let edit = try attribute(call, context)
        let format = try InputFormat(call)
        let new = try AttributeInput(context: context, isSimplified: format.isSimplified).attribute(body)
        return try await apply(call, space, edit.replace(new))
    }

    /// Clause 5.6.5.
    func delete(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let context = try await parts.contexts.context(of: call, space: space.name)
        let (all, dataset) = (call.flag("deleteAll"), call.query["datasetId"])
        guard !all || dataset == nil else {
            throw Refusal(
                .badRequest, "Give deleteAll or datasetId, not both.",
                faults: [.init("datasetId", "Leave it out, or deleteAll.")])
        }
        let wanted = dataset.map { $0 == "@none" ? "" : $0 } ?? ""
        return try await apply(call, space, try attribute(call, context).delete(dataset: all ? nil : wanted))
    }

    private func attribute(_ call: Call, _ context: RequestContext) throws(Refusal) -> AttributeEdit {
        let name = call.parameter("name")
        return AttributeEdit(
            id: try call.entityID(), name: name == "scope" ? name : try context.stored(name), shownName: name)
    }

    private func apply(
        _ call: Call, _ space: NGSISpace, _ edit: @escaping EntityEditing
    ) async throws -> Answer {
        let id = try call.entityID()
        let version = try await parts.matchingVersion(call, id, space)
        let outcome = try await parts.store.edit(call.context, id: id, space: space.name, version: version, edit)
        return space.mark(Answer(.noContent, headers: [.eTag: outcome.entity.tag.description]))
    }
}

extension FragmentEdit {
    /// `UpdateResult` (clause 5.2.18).
    func report(_ context: RequestContext, reason: String) -> JSON {
        let skipped = skipped
        return [
            "updated": .array(names.filter { !skipped.contains($0) }.map { .string(context.compact($0)) }),
            "notUpdated": .array(
                skipped.map { ["attributeName": .string(context.compact($0)), "reason": .string(reason)] }),
        ]
    }
}
