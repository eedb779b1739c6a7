import Entities
import JSON
import Storage
import Web

/// The query parameters of a list of entities as an `EntityQuery` (ETSI GS CIM 009 clause 6.4.3.2).
struct EntityParameters {
    private let call: Call
    private let context: RequestContext
    /// Something else says already which entities are meant.
    private let isRestricted: Bool

    init(_ call: Call, _ context: RequestContext, isRestricted: Bool = false) {
        self.call = call
        self.context = context
        self.isRestricted = isRestricted
    }

    func query(space: String) throws(Refusal) -> EntityQuery {
        var query = try selection(space: space)
        query.countsAll = call.flag("count")
        query.limit = try call.integer("limit") ?? 20
        query.after = call.query["after"]
        // Beside `after` it only says where the page stands, for the way back.
        query.offset = query.after == nil ? try call.integer("offset") ?? 0 : 0
        if query.limit == 0, !query.countsAll {
            throw Refusal(
                .badRequest, "A limit of 0 goes with count=true only.", faults: [.init("limit", "At least 1.")])
        }
        let order = try OrderParameters(call, context)
        query.orders = order.orders
        if let geo = order.reference, query.geo == nil { query.geo = geo }
        return query
    }

    /// Which entities, without order and paging. Refuses a request that says nothing of them.
    func selection(space: String) throws(Refusal) -> EntityQuery {
        var query = EntityQuery(space: space)
        query.ids = try ids()
        query.attributes = try call.list("attrs").map { name throws(Refusal) in try context.stored(name) }
        query.condition = try condition()
        query.geo = try geo()
        query.scope = try scope()
        query.datasetIDs = try call.list("datasetId")
        try readTypes(into: &query)
        try requireSomething(query)
        return query
    }

    private func ids() throws(Refusal) -> [String] {
        let ids = try call.list("id").map(context.reference)
        guard let wrong = ids.first(where: { !Names.isURI($0) }) else { return ids }
        throw Refusal(
            .badRequest, "'\(wrong.prefix(100))' is no URI; ids of entities are, such as urn:ngsi-ld:Room:1.",
            faults: [.init("id", "It is no URI.")])
    }

    private func requireSomething(_ query: EntityQuery) throws(Refusal) {
        let says =
            !query.ids.isEmpty || !query.types.isEmpty || !query.selectors.isEmpty || !query.attributes.isEmpty
            || query.geo != nil || query.condition != nil || query.scope != nil || call.query["type"] != nil
        guard says || isRestricted || call.flag("local") else {
            throw Refusal(
                .badRequest, "Say which entities: give id, idPattern, type, attrs, q, scopeQ, georel or bbox.")
        }
    }

    /// A type selection (clause 4.17) and `idPattern`. A plain list of types stays one: what it needs is indexed.
    private func readTypes(into query: inout EntityQuery) throws(Refusal) {
        var selector = EntitySelector()
        if let text = call.query["type"], text != "*" {
            if !text.contains(where: { ";&()*".contains($0) }) {
                query.types = try Self.names(text).map { name throws(Refusal) in try context.stored(name) }
            } else {
                selector.types = try Self.types(text, context)
            }
        }
        if let text = call.query["idPattern"] { selector.idPattern = try Self.pattern(text, "idPattern") }
        if selector != EntitySelector() { query.selectors = [selector] }
    }

    private static func names(_ text: String) throws(Refusal) -> [String] {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "|" }.map(String.init)
        guard !parts.contains("") else {
            throw Refusal(.badRequest, "'type' has an empty part.", faults: [.init("type", "Give names of types.")])
        }
        return parts
    }

    static func types(_ text: String, _ context: RequestContext) throws(Refusal) -> TypeExpression {
        do throws(QuerySyntaxError) {
            return try TypeExpression(parsing: text) { context.storedOrSame($0) }
        } catch {
            throw Refusal(
                .badRequest, "The type selection cannot be read: \(error.description)",
                faults: [.init("type", error.description)])
        }
    }

    static func pattern(_ text: String, _ parameter: String) throws(Refusal) -> Pattern {
        do { return try Pattern(text) } catch {
            throw Refusal(
                .badRequest, "'\(parameter)' cannot be used: \(error.sentence)",
                faults: [.init(parameter, error.sentence)])
        }
    }

    private func condition() throws(Refusal) -> QueryCondition? {
        guard let text = call.query["q"] else { return nil }
        let expanded = Set(try call.list("expandValues").map { name throws(Refusal) in try context.stored(name) })
        do throws(QuerySyntaxError) {
            let read = try QueryCondition(parsing: text) { context.storedOrSame($0) }
            return expanded.isEmpty ? read : read.mappingValues(of: expanded) { context.storedOrSame($0) }
        } catch { throw error.refusal }
    }

    private func scope() throws(Refusal) -> ScopeQuery? {
        guard let text = call.query["scopeQ"] else { return nil }
        do throws(QuerySyntaxError) { return try ScopeQuery(parsing: text) } catch {
            throw Refusal(
                .badRequest, "'scopeQ' cannot be read: \(error.description)",
                faults: [.init("scopeQ", error.description)])
        }
    }

    private func geo() throws(Refusal) -> GeoQuery? {
        // Without a relation they say what distances are measured from.
        if call.query["georel"] == nil, call.query["bbox"] == nil, OrderParameters.asksForDistance(call) { return nil }
        guard var query = try GeoParameters.query(call) else { return nil }
        query.property = try context.stored(query.property)
        return query
    }
}

extension QueryCondition {
    /// With texts that some attributes are compared with taken as names (`expandValues`, clause 4.9).
    fileprivate func mappingValues(of names: Set<String>, _ map: (String) -> String) -> QueryCondition {
        switch self {
        case .and(let parts): .and(parts.map { $0.mappingValues(of: names, map) })
        case .or(let parts): .or(parts.map { $0.mappingValues(of: names, map) })
        case .compare(let path, let comparison, let operand)
        where names.contains(path.attribute) && (comparison == .equal || comparison == .unequal):
            .compare(path, comparison, operand.mappingTexts(map))
        case .exists, .missing, .compare: self
        }
    }
}

extension QueryOperand {
    fileprivate func mappingTexts(_ map: (String) -> String) -> QueryOperand {
        switch self {
        case .value(.string(let text)): .value(.string(map(text)))
        case .list(let operands): .list(operands.map { $0.mappingTexts(map) })
        case .value, .range: self
        }
    }
}
