import Storage

extension Tenant {
    static let columns = [
        "tenant", "kind", "name", "kana", "romaji", "county", "municipality_type", "population", "population_basis",
        "area_km2", "latitude", "longitude", "url",
    ]

    init(row: Row) {
        self.init(
            id: TenantID(row.text("tenant")), kind: Kind(rawValue: row.text("kind")) ?? .provider,
            name: row.text("name"), kana: row.text("kana"), romaji: row.text("romaji"),
            county: row.optionalText("county"), municipalityType: row.optionalText("municipality_type"),
            population: row.optionalInt64("population").map(Int.init),
            populationBasis: row.optionalText("population_basis"), areaKm2: row.optionalText("area_km2"),
            latitude: row.optionalDouble("latitude"), longitude: row.optionalDouble("longitude"),
            url: row.optionalText("url"))
    }

    /// In the order of `columns`.
    var values: [SQLValue] {
        [
            .text(id.rawValue), .text(kind.rawValue), .text(name), .text(kana), .text(romaji), .optional(county),
            .optional(municipalityType), .optional(population.map(Int64.init)), .optional(populationBasis),
            .optional(areaKm2), .optional(latitude), .optional(longitude), .optional(url),
        ]
    }

    func insert(in transaction: any Transaction) throws(Refusal) {
        let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
        let names = Self.columns.joined(separator: ", ")
        try transaction.execute("INSERT INTO platform_tenants (\(names)) VALUES (\(marks))", values)
    }

    func update(in transaction: any Transaction) throws(Refusal) {
        let pairs = Self.columns.dropFirst().map { "\($0) = ?" }.joined(separator: ", ")
        try transaction.execute(
            "UPDATE platform_tenants SET \(pairs) WHERE tenant = ?", Array(values.dropFirst()) + [values[0]])
    }
}
