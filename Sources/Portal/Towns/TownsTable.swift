import Platform
import Web

/// The municipalities as a table that sorts by links.
struct TownsTable: Component {
    var towns: [Town]
    var call: Call

    func html(_ words: WordBook) -> HTML {
        let columns: [DataTable.Column] =
            [
                .sortable(words["portal.towns.name"], by: "kana", call),
                .sortable(words["portal.towns.population"], by: "population", call, numeric: true),
                .sortable(words["portal.towns.area"], by: "area", call, numeric: true),
            ]
            + TownCounts.Kind.allCases.map { .sortable(words[$0.label], by: $0.rawValue, call, numeric: true) }
        return DataTable(
            caption: words["portal.towns.caption"], columns: columns, rows: towns.map { row($0, words) }, dense: true
        ).html(words)
    }

    private func row(_ town: Town, _ words: WordBook) -> [HTML] {
        let numbers = words.numbers
        return [
            .link(words.name(of: town.tenant), to: town.path),
            .text(town.tenant.population.map(numbers.grouped) ?? "–"),
            .text(town.tenant.areaKm2.map(numbers.digits) ?? "–"),
        ] + TownCounts.Kind.allCases.map { .text(numbers.grouped(town.counts.count($0))) }
    }
}
