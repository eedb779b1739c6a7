import Web

/// Finds the pages of the portal by their own words.
struct PageSearch: Sendable {
    let pages: PageKit

    /// A page by its path, with the keys of what it says.
    static let entries: [(path: String, title: WordKey, texts: [WordKey])] = [
        ("/towns", "portal.towns.title", ["portal.towns.summary"]),
        ("/about", "portal.about.title", ["portal.about.what", "portal.about.sources", "portal.about.open"]),
        ("/accessibility", "portal.accessibility.title", ["portal.accessibility.aim", "portal.accessibility.limits"]),
        ("/api", "portal.api.title", ["portal.api.lead", "portal.api.pages", "portal.api.ngsi"]),
        ("/sign-in", "portal.signIn.title", ["portal.signIn.lead"]),
    ]

    func group(_ call: Call, _ query: String, limit: Int) -> SearchGroup {
        let words = pages.words(for: call)
        let needles = query.lowercased().split(separator: " ")
        let found = Self.entries.compactMap { entry -> SearchGroup.Hit? in
            let title = words[entry.title].text
            let texts = entry.texts.map { words[$0].text }
            let all = ([title] + texts).joined(separator: " ").lowercased()
            guard needles.allSatisfy({ all.contains($0) }) else { return nil }
            let excerpt =
                texts.first { text in needles.contains { text.lowercased().contains($0) } } ?? texts.first ?? ""
            return SearchGroup.Hit(title: title, excerpt: excerpt, path: entry.path)
        }
        return SearchGroup(hits: Array(found.prefix(limit)), total: found.count)
    }
}
