import JSON
import Storage

/// Attributes that end by themselves: an instance whose `expiresAt` has passed is not there any more.
enum AttributeExpiry {
    static func first(in attributes: JSONObject) -> Instant? {
        attributes.members.compactMap { first(of: $0.value) }.min()
    }

    static func first(of attribute: JSON) -> Instant? {
        AttributeInstances.all(attribute).compactMap(\.expiresAt).min()
    }

    /// What is left of the attributes that lose an instance; nil where nothing is.
    static func ended(in attributes: JSONObject, at now: Instant) -> [(name: String, left: JSON?)] {
        attributes.members.compactMap { member in
            let all = AttributeInstances.all(member.value)
            let left = all.filter { $0.expiresAt.map { $0 > now } ?? true }
            return left.count == all.count ? nil : (member.name, AttributeInstances.attribute(left))
        }
    }
}

extension StoredEntity {
    /// The first time at which time alone changes the entity.
    var nextExpiry: Instant? { [expiresAt, attributesExpireAt].compactMap(\.self).min() }

    func isExpired(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }

    /// The entity as it is seen at a time: nil if it has expired, else without attributes that have.
    func seen(at now: Instant) -> StoredEntity? {
        if isExpired(at: now) { return nil }
        guard let first = attributesExpireAt, first <= now else { return self }
        guard let tape = try? JSONTape(parsing: document) else { return self }
        var seen = self
        let ended = AttributeExpiry.ended(in: attributes, at: now)
        seen.document = EntityDocument.splicing(tape, ended.map { ($0.name, $0.left?.bytes) })
        return seen
    }
}
