import Entities
import JSON
import Storage
import Web

/// Files about a municipality, and those that merely hold rows about it, on its page.
struct TownDataSets: Sendable {
    let service: ImportService
    let pages: PageKit

    func panel(_ call: Call, _ municipality: String) async throws -> Panel? {
        let records = try await records(call, municipality)
        guard !records.isEmpty else { return nil }
        let words = pages.words(for: call)
        return Panel(
            id: "data-sets", title: words["connect.town.title"], html: ImportTable(words: words).html(records),
            facts: .array(records.map(\.facts)))
    }

    /// The newest import of each file; those about the municipality alone first.
    private func records(_ call: Call, _ municipality: String) async throws -> [ImportRecord] {
        let holding = try await service.entities.sources(call.context, about: municipality)
        let about = try await service.store.list(call.context, about: municipality, limit: 100)
        let others = try await service.store.list(call.context, limit: 1_000)
            .filter { $0.state == .applied && holding[$0.file] != nil }
        var seen: Set<String> = []
        return (about + others).filter { $0.isVisible(to: call.context.actor) && seen.insert($0.file).inserted }
    }
}
