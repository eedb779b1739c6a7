import Web

extension ModelCatalogue {
    /// What people call the types and attributes that files become, by type. Attribute names of the guideline exist in
    /// Japanese only.
    var entityLabels: [String: EntityLabels] {
        var all: [String: EntityLabels] = [:]
        for type in models.map(\.type) + shapes.map(\.type) + series.map(\.type) + [gtfs.stop.type, gtfs.route.type] {
            guard all[type] == nil, let labels = labels(ofType: type) else { continue }
            all[type] = EntityLabels(type: labels, attributes: attributeLabels(ofType: type))
        }
        return all
    }

    private func attributeLabels(ofType type: String) -> [String: [String: String]] {
        let items = models.filter { $0.type == type }.flatMap(\.items).map { ($0.name, ["ja": $0.label]) }
        let values = series.filter { $0.type == type }.flatMap(\.values).map { ($0.name, ["ja": $0.label]) }
        return Dictionary(items + values, uniquingKeysWith: { first, _ in first })
    }
}
