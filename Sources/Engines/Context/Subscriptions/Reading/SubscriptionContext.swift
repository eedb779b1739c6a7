import JSON
import Storage

/// The contexts of a subscription, kept in its source: the one place where subscriptions and contexts meet.
extension SubscriptionRecord {
    static let contextMember = "@context"

    /// What the names in the source are in.
    var context: JSON? { source[Self.contextMember] }

    /// What the names in notifications are in: `jsonldContext` (ETSI GS CIM 009 clause 5.2.12), else that of the source.
    var notifiedContext: JSON? { source["jsonldContext"] ?? context }

    /// Works out what each name in the source means, with the context that the source came with.
    /// Refuses names that the context takes the meaning from, and what the protocol cannot read.
    mutating func settleNames(_ context: RequestContext) throws(Refusal) {
        source[Self.contextMember] = context.source
        names = [:]
        for name in try NGSISubscription.names(in: self) where !Self.keywords.contains(name) {
            let stored = try context.stored(name)
            if stored != name { names[name] = stored }
        }
    }

    /// Members of entities themselves, which `pick` and `omit` may name.
    private static let keywords: Set<String> = ["id", "type", "scope", "createdAt", "modifiedAt", "expiresAt"]
}
