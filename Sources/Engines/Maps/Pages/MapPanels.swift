import Entities
import JSON
import Storage
import Web

/// The maps that other pages show.
struct MapPanels: Sendable {
    let service: MapsService

    init(_ service: MapsService) { self.service = service }

    var contributions: [Contribution] {
        [
            .navigation(order: 30, label: "maps.title", path: "/maps"),
            .homePanel(order: 30) { call in try await home(call) },
            .townPanel(order: 10) { call, code in try await town(call, code) },
            .typeMap { call, type in try await map(call, type) },
        ]
    }

    /// The municipalities, coloured by how much is linked about each.
    private func home(_ call: Call) async throws -> Panel? {
        let content = try await MapContent(service, call)
        guard !content.codes.isEmpty else { return nil }
        let words = content.words
        let all = content.figure(nil)
        let figure = all.values.values.contains { $0 > 0 } ? all : nil
        let title =
            figure.map { words("maps.figure.title", ["label": .phrase($0.label)]) } ?? words["maps.overview.title"]
        let view = try await content.view(id: "home-map", title: title, types: [], figure: figure)
        let list = MunicipalityList(grid: service.grid, codes: content.codes, figure: nil).html(words)
        let counts = content.codes.map { JSONObject.Member($0, JSON(all.values[$0] ?? 0)) }
        return Panel(
            id: "map", title: words["maps.overview.title"],
            html: .element("div", ["class": "map-beside"], view.html(words), list),
            facts: .object(JSONObject(counts)))
    }

    /// The municipality with all places in it.
    private func town(_ call: Call, _ code: String) async throws -> Panel? {
        let content = try await MapContent(service, call)
        guard content.codes.contains(code) else { return nil }
        let words = content.words
        let counts = content.counts[code] ?? [:]
        let types = try await content.types().map(\.type).filter { (counts[$0] ?? 0) > 0 }
        let title = words("maps.town.title", ["name": .phrase(service.grid.name(code, words))])
        let view = try await content.view(id: "town-map", title: title, types: types, selected: code)
        let list = types.map { type in
            HTML.element(
                "li", [:], .link(content.label(type), to: MapPaths.type(type)),
                .text(" " + words("maps.count", ["n": .number(counts[type] ?? 0)]).text))
        }
        return Panel(
            id: "map", title: title,
            html: view.html(words) + (list.isEmpty ? .empty : .element("ul", ["class": "map-list"], list)),
            facts: .object(JSONObject(types.map { .init($0, JSON(counts[$0] ?? 0)) })))
    }

    /// All places of a type; `nil` when none has a place.
    private func map(_ call: Call, _ type: String) async throws -> HTML? {
        let content = try await MapContent(service, call)
        let words = content.words
        let title = words("maps.type.title", ["type": .phrase(content.label(type))])
        guard type != MunicipalityAtlas.type else {
            return try await content.view(id: "type-map", title: words["maps.overview.title"], types: []).html(words)
        }
        guard try await service.entities.locatedTypes(call.context).contains(type) else { return nil }
        return try await content.view(id: "type-map", title: title, types: [type]).html(words)
    }
}
