import JSON
import Storage

/// Decides a query on one entity: what indexes leave open, and what subscriptions ask of each change.
///
/// Visibility, full text, municipality and the like are not its matter.
public struct EntityMatcher: Sendable {
    /// Ids and types of which one must hold beside `selectors`; nil: any.
    private let own: EntitySelector?
    private let selectors: [EntitySelector]
    private let scope: ScopeQuery?
    private let condition: ConditionMatcher?
    let geo: GeoMatcher?
    /// At least one of these attributes.
    private let attributes: [String]
    private let datasets: DatasetFilter

    /// Refuses with `badRequest` if a pattern or geometry cannot be used.
    public init(
        selectors: [EntitySelector] = [], attributes: [String] = [], condition: QueryCondition? = nil,
        geo: GeoQuery? = nil, scope: ScopeQuery? = nil, datasetIDs: [String] = []
    ) throws(Refusal) {
        try self.init(nil, selectors, attributes, condition, geo, scope, datasetIDs)
    }

    private init(
        _ own: EntitySelector?, _ selectors: [EntitySelector], _ attributes: [String], _ condition: QueryCondition?,
        _ geo: GeoQuery?, _ scope: ScopeQuery?, _ datasetIDs: [String]
    ) throws(Refusal) {
        self.own = own
        self.selectors = selectors
        self.attributes = attributes
        self.scope = scope
        datasets = DatasetFilter(datasetIDs)
        self.condition = try condition.map { condition throws(Refusal) in try ConditionMatcher(condition) }
        self.geo = try geo.map { geo throws(Refusal) in try GeoMatcher(geo) }
    }

    /// Refuses with `badRequest` if a pattern or geometry cannot be used.
    public init(_ query: EntityQuery) throws(Refusal) {
        var own: EntitySelector?
        if !query.ids.isEmpty || !query.types.isEmpty {
            own = EntitySelector(
                ids: query.ids, types: query.types.isEmpty ? nil : TypeExpression(anyOf: query.types))
        }
        try self.init(
            own, query.selectors, query.attributes, query.condition, query.geo, query.scope, query.datasetIDs)
    }

    /// Whether it can say no.
    var isNeeded: Bool {
        condition != nil || geo != nil || scope != nil || !attributes.isEmpty || !selectors.isEmpty
            || own != nil
    }

    public func matches(_ entity: StoredEntity) -> Bool {
        guard own?.matches(id: entity.id, types: entity.types) ?? true,
            selectors.isEmpty || selectors.contains(where: { $0.matches(id: entity.id, types: entity.types) }),
            scope?.matches(entity.scopes) ?? true
        else { return false }
        guard condition != nil || geo != nil || !attributes.isEmpty else { return true }
        guard let tape = try? JSONTape(parsing: entity.document) else { return false }
        if !attributes.isEmpty, !attributes.contains(where: { has($0, tape) }) { return false }
        if let condition, !condition.matches(entity, tape, datasets) { return false }
        return geo?.matches(tape, datasets) ?? true
    }

    private func has(_ name: String, _ tape: JSONTape) -> Bool {
        guard let attribute = tape.root[name] else { return false }
        return datasets.isEmpty || !datasets.instances(of: attribute.value).isEmpty
    }
}

/// Which instances of attributes a query looks at, by `datasetId`.
struct DatasetFilter: Sendable {
    private let ids: Set<String>

    init(_ ids: [String] = []) { self.ids = Set(ids.map { $0 == "@none" ? "" : $0 }) }

    var isEmpty: Bool { ids.isEmpty }

    func instances(of attribute: JSON) -> [AttributeInstance] {
        let all = AttributeInstances.all(attribute)
        return ids.isEmpty ? all : all.filter { ids.contains($0.dataset) }
    }
}
