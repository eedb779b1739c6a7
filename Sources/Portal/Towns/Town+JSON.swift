import JSON
import Platform
import Web

extension Town {
    /// The facts that pages show of a municipality, for programs.
    var facts: JSON {
        var facts: JSON = [
            "code": .string(code), "name": .string(tenant.name), "kana": .string(tenant.kana),
            "romaji": .string(tenant.romaji), "county": tenant.county.map { .string($0) } ?? .null,
            "population": tenant.population.map { .int(Int64($0)) } ?? .null,
            "populationBasis": tenant.populationBasis.map { .string($0) } ?? .null,
            "areaKm2": tenant.areaKm2.flatMap { try? JSON(parsing: $0) } ?? .null,
        ]
        facts["counts"] = counts.facts
        return facts
    }
}

extension TownCounts {
    /// `{"total": 12, "shelters": 3, …, "byType": {"EvacuationSite": 3, …}}`.
    var facts: JSON {
        var facts = JSONObject([.init("total", .int(Int64(total)))])
        for kind in Kind.allCases { facts[kind.rawValue] = .int(Int64(count(kind))) }
        let types = byType.sorted { $0.key < $1.key }.map { JSONObject.Member($0.key, .int(Int64($0.value))) }
        facts["byType"] = .object(JSONObject(types))
        return .object(facts)
    }
}
