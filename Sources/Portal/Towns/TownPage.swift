import Entities
import JSON
import Platform
import Storage
import Web

/// `/towns/{code}`: one municipality, with the panels of all modules.
struct TownPage: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        table.add(
            .page("/towns/{code}", "One municipality with what concerns it.", tag: "towns") { call in
                try await answer(call)
            })
    }

    private func answer(_ call: Call) async throws -> Answer {
        let code = call.parameter("code")
        let directory = ports.platform.tenants.current
        if let tenant = directory.municipality(fiveDigits: code) {
            return .permanentRedirect("/towns/\(tenant.id)")
        }
        guard let tenant = directory.municipality(code) else {
            throw Refusal(
                .notFound,
                "There is no municipality '\(code.prefix(20))' in Kumamoto; '/towns' lists the 6-digit codes.")
        }
        let counts = try await ports.entities.countsByMunicipality(call.context)[code] ?? [:]
        let town = Town(tenant: tenant, counts: TownCounts(counts))
        let panels = try await ports.pages.townPanels(call, municipality: code)
        return ports.pages.answer(call, page(town, panels, ports.pages.words(for: call)))
    }

    private func page(_ town: Town, _ panels: [Panel], _ words: WordBook) -> Page {
        let name = words.name(of: town.tenant)
        let sections = panels.map { Section(id: $0.id, title: $0.title, body: $0.html).html(words) }
        let linked = Section(id: "linked", title: words["portal.town.linked"], body: counts(town, words)).html(words)
        var facts = town.facts
        facts["url"] = town.tenant.url.map { .string($0) } ?? .null
        facts["panels"] = .object(JSONObject(panels.map { JSONObject.Member($0.id, $0.facts) }))
        return Page(
            title: name, breadcrumb: [(words["portal.towns.title"], "/towns")],
            body: description(town.tenant, words) + linked + sections.joined(), facts: facts)
    }

    private func counts(_ town: Town, _ words: WordBook) -> HTML {
        guard town.counts.total > 0 else { return EmptyNotice(words["portal.town.noneLinked"]).html(words) }
        return Grid(
            TownCounts.Kind.allCases.filter { town.counts.count($0) > 0 }.map { kind in
                Figure(
                    words[kind.label], value: words.numbers.grouped(town.counts.count(kind)),
                    unit: words["portal.unit.items"],
                    note: words[WordKey("portal.count.\(kind.rawValue)Note")]
                ).html(words)
            }
        ).html(words)
    }

    private func description(_ tenant: Tenant, _ words: WordBook) -> HTML {
        var entries: [(term: Phrase, description: HTML)] = []
        if words.language == .ja { entries.append((words["portal.town.kana"], .text(tenant.kana))) }
        if let county = tenant.county {
            entries.append((words["portal.town.county"], words.county(county).html))
        }
        if let population = tenant.population {
            let basis = words[WordKey("portal.town.basis.\(tenant.populationBasis ?? "unknown")")]
            entries.append(
                (
                    words["portal.town.population"],
                    words("portal.town.people", ["n": .text(words.numbers.large(population)), "basis": .phrase(basis)])
                        .html
                ))
        }
        if let area = tenant.areaKm2 {
            entries.append((words["portal.town.area"], .text(words.numbers.digits(area) + " km²")))
        }
        entries.append((words["portal.town.code"], .element("code", [:], .text(tenant.id.rawValue))))
        if let url = tenant.url {
            entries.append((words["portal.town.site"], .element("a", ["href": url, "rel": "external"], .text(url))))
        }
        return DefinitionList(entries).html(words)
    }
}
