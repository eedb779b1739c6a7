/// Names a subscription: ids are unique in a space.
public struct SubscriptionKey: Sendable, Hashable {
    public var space: String
    public var id: String

    public init(space: String, id: String) {
        self.space = space
        self.id = id
    }
}

/// Which protocol a subscription was made with: it decides how its source is read and how its notifications look.
public enum SubscriptionProtocol: String, Sendable, Hashable, CaseIterable {
    case ngsiLD = "ngsi-ld"
    case ngsiV2 = "v2"
}
