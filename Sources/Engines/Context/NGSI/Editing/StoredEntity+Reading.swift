import Entities
import JSON
import Storage
import Web

extension StoredEntity {
    /// The document to be read in place, where a tree of all of it would be too much.
    func tape() throws(Refusal) -> JSONTape {
        guard let tape = try? JSONTape(parsing: document) else {
            throw Refusal(.storage, "A stored document cannot be read.")
        }
        return tape
    }

    /// Changes with each version, and is not the same for another entity that gets the id later.
    var tag: EntityTag { EntityTag("\(number).\(version)") }
}

extension JSONTape {
    private static let head: Set<String> = ["id", "type", "scope", "expiresAt"]

    /// An attribute of the entity by its stored name.
    func attribute(_ name: String) -> JSON? { Self.head.contains(name) ? nil : root[name]?.value }

    func has(_ name: String) -> Bool { !Self.head.contains(name) && root[name] != nil }
}
