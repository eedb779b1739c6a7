import JSON
import Platform
import Storage
import Web

/// `/towns`: the 45 municipalities with what is linked for each, and a map.
struct TownsPage: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        let sort = Parameter(
            "sort",
            "Order: one of code, kana, population, area, shelters, facilities, sensors, transport, other; - before it turns it round.",
            schema: ["type": "string", "enum": .array(TownOrder.names.map { .string($0) })])
        table.add(
            .page("/towns", "The municipalities with what is linked for each.", tag: "towns", parameters: [sort]) {
                call in
                try await answer(call)
            })
    }

    private func answer(_ call: Call) async throws -> Answer {
        let words = ports.pages.words(for: call)
        let towns = TownOrder(call.query["sort"]).sorted(try await Town.all(call, ports))
        let table = TownsTable(towns: towns, call: call).html(words)
        let map = try await ports.pages.townsMap(call, Self.values(towns, words))
        let body =
            (map.map { Section(id: "map", title: words["portal.towns.map"], body: $0).html(words) } ?? .empty)
            + Section(id: "list", title: words["portal.towns.list"], body: table).html(words)
        return ports.pages.answer(
            call,
            Page(
                title: words["portal.towns.title"], lead: words("portal.towns.lead", ["n": .number(towns.count)]),
                body: body,
                facts: ["items": .array(towns.map(\.facts)), "total": .int(Int64(towns.count)), "next": .null]))
    }

    /// What is linked for each municipality, as values of a map.
    static func values(_ towns: [Town], _ words: WordBook) -> TownValues {
        let most = towns.max { $0.counts.total < $1.counts.total }
        let finding = words(
            "portal.towns.finding",
            [
                "name": .phrase(most.map { words.name(of: $0.tenant) } ?? ""),
                "n": .number(most?.counts.total ?? 0),
            ])
        let linked = towns.filter { $0.counts.total > 0 }
        return TownValues(
            ChartFrame(id: "towns-map", title: words["portal.towns.mapTitle"], finding: finding),
            unit: words["portal.unit.items"],
            values: Dictionary(linked.map { ($0.code, Double($0.counts.total)) }, uniquingKeysWith: { $1 }))
    }
}
