import JSON
import Storage

/// Where an entity stands in an order that the database does not know: one key after the other, then the id.
struct EntityRank {
    private enum Key {
        case number(Double)
        case text(String)
        case missing
    }

    let id: String
    let number: Int64
    private let keys: [Key]

    init(_ entity: StoredEntity, _ query: EntityQuery, _ geo: GeoMatcher?) {
        (id, number) = (entity.id, entity.number)
        let tape = query.orders.contains(where: \.needsDocument) ? try? JSONTape(parsing: entity.document) : nil
        keys = query.orders.map { Self.key($0, entity, tape, geo) }
    }

    private static func key(
        _ order: EntityQuery.Order, _ entity: StoredEntity, _ tape: JSONTape?, _ geo: GeoMatcher?
    ) -> Key {
        switch order {
        case .id: return .text(entity.id)
        case .attribute("id", _): return .text(entity.id)
        // Numbers are given in order of creation.
        case .createdAt: return .number(Double(entity.number))
        case .modifiedAt: return .number(Double(entity.modifiedAt.microseconds))
        case .type: return .text(entity.types.joined(separator: " "))
        case .distance, .farthest: return tape.flatMap { geo?.distance($0) }.map(Key.number) ?? .missing
        case .attribute(let name, let descending):
            return value(QueryPath(attribute: name), descending, entity, tape)
        case .path(let path, let descending): return value(path, descending, entity, tape)
        }
    }

    /// The least of an entity's values, or the greatest where the order falls.
    private static func value(
        _ path: QueryPath, _ descending: Bool, _ entity: StoredEntity, _ tape: JSONTape?
    ) -> Key {
        guard let tape else { return .missing }
        let targets = AttributeTargets(entity: entity, tape: tape, datasets: DatasetFilter()).find(path)
        let keys = targets.flatMap { $0.arrayValue ?? [$0] }.compactMap { value -> Key? in
            value.doubleValue.map(Key.number) ?? value.stringValue.map(Key.text)
        }
        let sorted = keys.sorted { (precedes($0, $1, descending: descending) ?? false) }
        return sorted.first ?? .missing
    }

    func precedes(_ other: EntityRank, _ orders: [EntityQuery.Order]) -> Bool {
        for (index, order) in orders.enumerated() {
            if let first = Self.precedes(keys[index], other.keys[index], descending: order.isDescending) {
                return first
            }
        }
        return id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }

    /// Nil if they are equal. Numbers come before texts, and what is missing last, whichever way the order goes.
    private static func precedes(_ left: Key, _ right: Key, descending: Bool) -> Bool? {
        switch (left, right) {
        case (.number(let left), .number(let right)): left == right ? nil : (left < right) != descending
        case (.text(let left), .text(let right)):
            left.utf8.elementsEqual(right.utf8)
                ? nil : left.utf8.lexicographicallyPrecedes(right.utf8) != descending
        case (.missing, .missing): nil
        case (.number, _), (.text, .missing): true
        default: false
        }
    }
}

extension EntityQuery.Order {
    fileprivate var needsDocument: Bool {
        switch self {
        case .attribute, .path, .distance, .farthest: true
        case .id, .createdAt, .modifiedAt, .type: false
        }
    }

    fileprivate var isDescending: Bool {
        switch self {
        case .id, .distance: false
        case .farthest: true
        case .attribute(_, let descending), .path(_, let descending), .modifiedAt(let descending),
            .createdAt(let descending), .type(let descending):
            descending
        }
    }
}
