/// What people call an entity type and its attributes, by language (`ja`, `ja-easy`, `en`); from the module that knows the
/// models of imported files.
public struct EntityLabels: Sendable, Hashable {
    public var type: [String: String]
    /// By attribute name.
    public var attributes: [String: [String: String]]

    public init(type: [String: String], attributes: [String: [String: String]] = [:]) {
        self.type = type
        self.attributes = attributes
    }
}

extension PageKit {
    /// The labels of an entity type; `nil` if no module knows it.
    public func entityLabels(ofType type: String) -> EntityLabels? {
        for case .entityLabels(let find) in contributions {
            if let labels = find(type) { return labels }
        }
        return nil
    }
}
