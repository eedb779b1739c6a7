import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// `/entityOperations`: many entities at once, each by itself (ETSI GS CIM 009 clauses 5.6.7 to 5.6.10 and 5.6.20).
struct BatchWrites: Sendable {
    /// The most items of one request.
    static let most = 10_000

    let parts: NGSIParts

    func create(_ call: Call) async throws -> Answer {
        try await run(call, options: []) { item, context, _ throws(Refusal) in
            .create(EntityWrite(try EntityInput(context).entity(item), call, NGSISpace(call)))
        }
    }

    /// With `update` attributes are laid over those that are there, else the whole entity is replaced.
    func upsert(_ call: Call) async throws -> Answer {
        try await run(call, options: ["replace", "update"]) { item, context, options throws(Refusal) in
            .upsert(
                EntityWrite(try EntityInput(context).entity(item), call, NGSISpace(call)),
                whole: !options.contains("update"))
        }
    }

    func update(_ call: Call) async throws -> Answer {
        try await run(call, options: ["noOverwrite"]) { item, context, options throws(Refusal) in
            try Self.edit(EntityInput(context), item, .append(overwrites: options.isEmpty))
        }
    }

    func merge(_ call: Call) async throws -> Answer {
        try await run(call, options: ["normalized", "concise", "simplified", "keyValues"]) {
            item, context, options throws(Refusal) in
            let isSimplified = options.contains("simplified") || options.contains("keyValues")
            var defaults = try InputFormat(call).mergeDefaults(call)
            defaults.isSimplified = isSimplified
            return try Self.edit(
                EntityInput(context, isSimplified: isSimplified, isFragment: true), item, .merge(defaults))
        }
    }

    func delete(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var items = try Self.items(call)
        let contexts = try await parts.contexts.contexts(of: call, items: &items, space: space.name)
        var report = BatchReport(call)
        var work: [BatchItem] = []
        for (index, item) in items.enumerated() {
            guard let id = item.stringValue, case .success(let context) = contexts[index] else {
                report.refuse(BatchReport.id(item), Refusal(.badRequest, "Each item is the URI of an entity."))
                continue
            }
            work.append(.delete(id: context.reference(id)))
        }
        return try await finish(call, work, &report)
    }

    private typealias Reading = (JSON, RequestContext, [String]) throws(Refusal) -> BatchItem

    private func run(_ call: Call, options known: Set<String>, _ read: Reading) async throws -> Answer {
        let options = try call.list("options")
        if let unknown = options.first(where: { !known.contains($0) }) {
            throw Refusal(
                .badRequest, "There is no option '\(unknown.prefix(50))'.",
                faults: [.init("options", known.isEmpty ? "Leave it out." : known.sorted().joined(separator: " or "))])
        }
        var items = try Self.items(call)
        let contexts = try await parts.contexts.contexts(of: call, items: &items, space: NGSISpace(call).name)
        var report = BatchReport(call)
        var work: [BatchItem] = []
        work.reserveCapacity(items.count)
        for (item, context) in zip(items, contexts) {
            do throws(Refusal) { work.append(try read(item, try context.get(), options)) } catch {
                report.refuse(BatchReport.id(item), error)
            }
        }
        return try await finish(call, work, &report)
    }

    private func finish(_ call: Call, _ work: [BatchItem], _ report: inout BatchReport) async throws -> Answer {
        let space = NGSISpace(call)
        if !work.isEmpty {
            let outcomes = try await parts.store.batch(call.context, space: space.name, work)
            for (item, outcome) in zip(work, outcomes) { report.add(item.id, outcome) }
        }
        return space.mark(report.answer)
    }

    private static func items(_ call: Call) throws(Refusal) -> [JSON] {
        guard let items = try call.ngsiBody().arrayValue else {
            throw Refusal(.badRequest, "The body must be a JSON array.")
        }
        guard !items.isEmpty else { throw Refusal(.badRequest, "The array is empty; send at least one item.") }
        guard items.count <= most else {
            throw Refusal(.badRequest, "There are \(items.count) items; send at most \(most) at once.")
        }
        return items
    }

    private static func edit(
        _ input: EntityInput, _ item: JSON, _ mode: EditingMode
    ) throws(Refusal) -> BatchItem {
        let fragment = try input.fragment(item, of: nil)
        guard let id = fragment.id else {
            throw Refusal(
                .badRequest, "Each item needs the \"id\" of an entity.", faults: [.init("/id", "It is missing.")])
        }
        return .edit(id: id, FragmentEdit(fragment, mode).edit)
    }
}
