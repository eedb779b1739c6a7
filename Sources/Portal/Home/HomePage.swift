import Entities
import JSON
import Platform
import Storage
import Web

/// `/`: what this is, one search box, what is linked, the plan's figures, and the 45 municipalities.
struct HomePage: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        table.add(.page("/", "What is here, and where to start.", tag: "portal") { call in try await answer(call) })
    }

    private func answer(_ call: Call) async throws -> Answer {
        let words = ports.pages.words(for: call)
        let types = try await ports.entities.types(call.context)
        let towns = try await Town.all(call, ports)
        let panels = try await ports.pages.homePanels(call)
        let map = try await ports.pages.townsMap(call, TownsPage.values(towns, words))
        let linked = LinkedData(types: types, towns: towns)
        let body = ports.pages.render(
            "portal-home",
            [
                "linked": linked.html(words).text, "map": map?.text ?? "",
                "towns": TownList(towns: towns).html(words).text,
                "panels": panels.map { Section(id: $0.id, title: $0.title, body: $0.html).html(words).text }.joined(),
            ], words)
        var facts: JSON = ["linked": linked.facts, "towns": .array(towns.map(\.facts))]
        facts["panels"] = .object(JSONObject(panels.map { JSONObject.Member($0.id, $0.facts) }))
        return ports.pages.answer(
            call, Page(title: words["site.name"], body: body, hasOwnHeading: true, facts: facts))
    }
}

/// How much is linked, in four headline figures.
struct LinkedData: Component {
    var types: [EntityTypeSummary]
    var towns: [Town]

    var entityCount: Int { types.map(\.count).reduce(0, +) }
    var coveredTowns: Int { towns.count { $0.counts.total > 0 } }
    var sourceCount: Int { Set(types.flatMap(\.sources)).count }

    var facts: JSON {
        [
            "entities": .int(Int64(entityCount)), "types": .int(Int64(types.count)),
            "towns": .int(Int64(coveredTowns)), "sources": .int(Int64(sourceCount)),
        ]
    }

    func html(_ words: WordBook) -> HTML {
        guard entityCount > 0 else { return EmptyNotice(words["portal.home.noData"]).html(words) }
        let figures = [
            ("entities", entityCount, "/entities"), ("types", types.count, "/entities"),
            ("covered", coveredTowns, "/towns"),
            ("sources", sourceCount, "/entities"),
        ]
        return Grid(
            figures.map { name, count, path in
                Figure(
                    words[WordKey("portal.home.\(name)")], value: words.numbers.large(count),
                    unit: words[WordKey("portal.home.\(name)Unit")], path: path
                ).html(words)
            }
        ).html(words)
    }
}

/// All municipalities as links, cities first, then by county.
struct TownList: Component {
    var towns: [Town]

    func html(_ words: WordBook) -> HTML {
        let cities = towns.filter { $0.tenant.county == nil }
        let counties = towns.compactMap(\.tenant.county).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        return group(words["portal.towns.cities"], cities, words)
            + counties.map { county in
                group(words.county(county), towns.filter { $0.tenant.county == county }, words)
            }.joined()
    }

    private func group(_ title: Phrase, _ towns: [Town], _ words: WordBook) -> HTML {
        let links = towns.map { HTML.element("li", [:], .link(words.name(of: $0.tenant), to: $0.path)) }
        return .element(
            "div", ["class": "town-group"], .element("h3", [:], title.html),
            .element("ul", ["class": "town-links"], links))
    }
}
