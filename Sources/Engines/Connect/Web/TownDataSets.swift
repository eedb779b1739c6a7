import JSON
import Storage
import Web

/// Files about a municipality, on its page.
struct TownDataSets: Sendable {
    let service: ImportService
    let pages: PageKit

    func panel(_ call: Call, _ municipality: String) async throws -> Panel? {
        let records = try await service.store.list(call.context, about: municipality, limit: 100)
            .filter { $0.isVisible(to: call.context.actor) }
        guard !records.isEmpty else { return nil }
        let words = pages.words(for: call)
        return Panel(
            id: "data-sets", title: words["connect.town.title"], html: ImportTable(words: words).html(records),
            facts: .array(records.map(\.facts)))
    }
}
