import Entities
import JSON
import Storage
import Synchronization

/// Makes an edit of an entity from a fragment, and says what found no place.
final class FragmentEdit: Sendable {
    private let fragment: EntityFragment
    private let mode: EditingMode
    private let left = Mutex<[String]>([])

    init(_ fragment: EntityFragment, _ mode: EditingMode) {
        self.fragment = fragment
        self.mode = mode
    }

    /// Names of attributes of which at least one instance was left out, as of the last run.
    var skipped: [String] { left.withLock { $0 } }

    var names: [String] { fragment.attributes.names + (fragment.scopes == nil ? [] : ["scope"]) }

    func edit(_ entity: StoredEntity) throws(Refusal) -> EntityEdit {
        var edit = EntityEdit()
        var skipped: [String] = []
        let old = try entity.tape()
        for member in fragment.attributes.members {
            let known = old.attribute(member.name)
            var instances = InstanceEdit(known, mode)
            try instances.apply(member.value)
            if instances.hasSkipped { skipped.append(member.name) }
            let result = instances.result
            if result != known { edit.attributes.append((member.name, result)) }
        }
        if let types = fragment.types { edit.types = entity.types + types.filter { !entity.types.contains($0) } }
        if let scopes = fragment.scopes {
            if let scopes = Self.scopes(scopes, entity.scopes, mode) {
                edit.scopes = scopes
            } else {
                skipped.append("scope")
            }
        }
        edit.expiresAt = fragment.expiresAt
        left.withLock { $0 = skipped }
        return edit
    }

    /// Scopes are replaced, but added where nothing may be overwritten; an update does not make the first one.
    private static func scopes(_ new: [String], _ old: [String], _ mode: EditingMode) -> [String]? {
        switch mode {
        case .append(overwrites: false): old + new.filter { !old.contains($0) }
        case .update: old.isEmpty ? nil : new
        case .append, .merge: new
        }
    }
}
