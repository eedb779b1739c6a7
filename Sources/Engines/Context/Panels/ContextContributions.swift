import Entities
import JSON
import Storage
import Web

/// What entities give to pages that span engines.
struct ContextContributions: Sendable {
    private let ports: Ports
    private var store: EntityStore { ports.entities }

    init(_ ports: Ports) { self.ports = ports }

    var all: [Contribution] {
        [
            .navigation(order: 30, label: "context.navigation", path: EntityPaths.types),
            .search(title: "context.title") { call, words, limit in try await search(call, words, limit) },
            .homePanel(order: 30) { call in try await homePanel(call) },
            .manage(
                order: 40, label: "context.subscriptions.title", path: SubscriptionPages.root,
                ContextModule.subscribe),
            .townPanel(order: 10) { call, code in try await townPanel(call, code) },
        ]
    }

    private func search(_ call: Call, _ words: String, _ limit: Int) async throws -> SearchGroup {
        let page = try await store.query(call.context, EntityQuery(text: words, limit: limit, countsAll: true))
        let text = EntityText(ports.pages, call)
        let hits = page.entities.map { entity in
            let excerpt = entity.attributes.members.filter { $0.name != "name" && $0.name != "location" }
                .compactMap { EntityText.text($0.value) }.prefix(4).joined(separator: " ")
            return SearchGroup.Hit(
                title: EntityText.title(entity),
                excerpt: "\(text.type(entity.types.first ?? "").text): \(EntityText.shortened(excerpt))",
                path: EntityPaths.entity(entity.id))
        }
        return SearchGroup(hits: hits, total: page.total ?? hits.count)
    }

    /// The largest types; the totals stand in Portal's own figures.
    private func homePanel(_ call: Call) async throws -> Panel? {
        let types = try await store.types(call.context)
        guard !types.isEmpty else { return nil }
        let text = EntityText(ports.pages, call)
        let words = text.words
        let total = types.reduce(0) { $0 + $1.count }
        let largest = types.sorted { ($1.count, $0.type) < ($0.count, $1.type) }.prefix(6)
        let figures = largest.map {
            Figure(text.type($0.type), value: words.numbers.grouped($0.count), path: EntityPaths.type($0.type))
        }
        return Panel(
            id: "context", title: words["context.panel.title"], html: Grid(figures.map { $0.html(words) }).html(words),
            facts: ["entities": JSON(total), "types": .array(types.map(\.facts))])
    }

    /// What is known about a municipality, type by type.
    private func townPanel(_ call: Call, _ code: String) async throws -> Panel? {
        let counts = try await store.countsByMunicipality(call.context)[code] ?? [:]
        guard !counts.isEmpty else { return nil }
        let text = EntityText(ports.pages, call)
        let words = text.words
        let types = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let table = DataTable(
            caption: words["context.panel.town"],
            columns: [.init(words["context.type"]), .init(words["context.count"], numeric: true)],
            rows: types.map { type, count in
                let path = Call.address(EntityPaths.type(type), [.init("municipality", code)])
                return [.link(text.type(type), to: path), .text(words.numbers.grouped(count))]
            }, dense: true, hidesCaption: true)
        return Panel(
            id: "context", title: words["context.panel.town"], html: table.html(words),
            facts: ["types": .array(types.map { ["type": .string($0.key), "count": JSON($0.value)] })])
    }
}
