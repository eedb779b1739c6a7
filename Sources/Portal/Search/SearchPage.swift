import JSON
import Logging
import Storage
import Web

/// `/search?q=`: one box over everything loaded; each module finds its own.
struct SearchPage: Sendable {
    let ports: Ports

    struct Group: Sendable {
        var title: Phrase
        /// `nil`: the module could not search just now.
        var found: SearchGroup?
    }

    func add(to table: inout RouteTable) {
        let query = Parameter(
            "q", "Words to look for; all of them must be there.", schema: ["type": "string", "maxLength": 200])
        table.add(
            .page("/search", "Searches everything loaded.", tag: "portal", parameters: [query]) { call in
                try await answer(call)
            })
    }

    private func answer(_ call: Call) async throws -> Answer {
        let words = ports.pages.words(for: call)
        let query = (call.query["q"] ?? "").split { $0.isWhitespace }.joined(separator: " ")
        let groups = query.isEmpty ? [] : await search(call, query, words)
        let total = groups.reduce(0) { $0 + ($1.found?.total ?? 0) }
        let title =
            query.isEmpty ? words["portal.search.title"] : words("portal.search.titleFor", ["query": .text(query)])
        let page = Page(
            title: title, body: SearchResults(query: query, total: total, groups: groups).html(words), isWide: false,
            facts: [
                "query": .string(query), "total": .int(Int64(total)), "groups": .array(groups.compactMap(Self.facts)),
            ])
        return ports.pages.answer(call, page)
    }

    /// One module that fails does not hide what the others found.
    private func search(_ call: Call, _ query: String, _ words: WordBook) async -> [Group] {
        var groups: [Group] = []
        for case .search(let title, let find) in ports.pages.contributions {
            do {
                groups.append(Group(title: words[title], found: try await find(call, query, 10)))
            } catch {
                call.context.logger.warning("Search in '\(title.rawValue)' failed: \(error)")
                groups.append(Group(title: words[title], found: nil))
            }
        }
        return groups
    }

    private static func facts(_ group: Group) -> JSON? {
        guard let found = group.found else { return nil }
        let hits = found.hits.map { hit -> JSON in
            ["title": .string(hit.title), "excerpt": .string(hit.excerpt), "path": .string(hit.path)]
        }
        return [
            "title": .string(group.title.text), "total": .int(Int64(found.total)), "hits": .array(hits),
            "more": found.morePath.map { .string($0) } ?? .null,
        ]
    }
}
