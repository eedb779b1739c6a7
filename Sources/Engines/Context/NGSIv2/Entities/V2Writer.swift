import Entities
import Storage
import Synchronization
import Web

/// Creates and edits entities of one service path.
struct V2Writer: Sendable {
    let store: EntityStore
    let context: OperationContext
    let space: String
    let path: V2ServicePath

    init(_ store: EntityStore, _ request: V2Request) throws(Refusal) {
        self.store = store
        context = request.call.context
        space = request.space
        path = try request.writePath()
    }

    var lookup: V2Lookup { V2Lookup(store: store, context: context, space: space) }
    var creation: V2Creation { V2Creation(context: context, space: space, path: path) }

    /// Creates an entity; updates it instead if it is there and `edit` is given. Whether it was created.
    func create(_ input: V2EntityInput, orUpdate edit: V2Edit?) async throws(Refusal) -> Bool {
        let type = input.type ?? "Thing"
        // A second round where another request made the entity, or one under its plain id, in between.
        for isLast in [false, true] {
            if let old = try await lookup.find(input.id, type: type, paths: [path]) {
                guard let edit else { throw .orion(.unprocessable, "Already Exists") }
                _ = try await self.edit(stored: old.id, edit)
                return false
            }
            if try await make(input) || isLast { break }
        }
        return true
    }

    /// Under the plain id, or if that is taken under the qualified one; false if that is taken too.
    private func make(_ input: V2EntityInput) async throws(Refusal) -> Bool {
        for isQualified in [false, true] {
            do throws(Refusal) {
                if isQualified { try await lookup.sharedIDs.add([input.id]) }
                _ = try await store.create(context, try creation.write(input, isQualified: isQualified))
                return true
            } catch {
                guard error.code == .alreadyExists else { throw error }
                // What took it may be the same entity.
                if try await lookup.find(input.id, type: input.type ?? "Thing", paths: [path]) != nil { return false }
            }
        }
        throw .orion(.unprocessable, "Already Exists")
    }

    /// Edits the one entity of an id. The names of attributes that the action did not go with.
    func edit(_ id: String, type: String?, _ edit: V2Edit) async throws(Refusal) -> [String] {
        let entity = try await lookup.one(id, type: type, paths: [path])
        return try await self.edit(stored: entity.id, edit)
    }

    func edit(stored id: String, _ edit: V2Edit) async throws(Refusal) -> [String] {
        let failed = V2FailedNames()
        _ = try await store.edit(context, id: id, space: space, failed.editing(edit))
        return failed.names
    }
}

/// Carries what an edit could not do out of it.
final class V2FailedNames: Sendable {
    private let value = Mutex<[String]>([])

    var names: [String] { value.withLock { $0 } }

    func editing(_ edit: V2Edit) -> EntityEditing {
        { entity throws(Refusal) in
            let outcome = try edit.applied(to: entity)
            self.value.withLock { $0 = outcome.failed }
            return outcome.edit
        }
    }
}

/// What was wrong with an update of attributes, in Orion's words.
struct V2Failure {
    let refusal: Refusal

    /// Nil if nothing failed.
    init?(_ edit: V2Edit, _ failed: [String], of id: String, _ type: String?) {
        guard !failed.isEmpty else { return nil }
        let isWhole = failed.count == edit.attributes.count
        let names = "\(V2EntityInput.label(id, type)) - [ \(failed.joined(separator: ", ")) ]"
        refusal = .orion(isWhole ? .unprocessable : .partialUpdate, Self.sentence(edit.action) + names)
    }

    static func sentence(_ action: V2Edit.Action) -> String {
        action == .appendStrict ? "one or more of the attributes in the request already exist: " : "do not exist: "
    }
}
