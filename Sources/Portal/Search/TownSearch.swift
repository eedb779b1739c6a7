import Platform
import Storage
import Web

/// Finds municipalities by name, reading, county or code.
struct TownSearch: Sendable {
    let ports: Ports

    func group(_ call: Call, _ query: String, limit: Int) -> SearchGroup {
        let words = ports.pages.words(for: call)
        let needles = query.lowercased().split(separator: " ")
        let towns = ports.platform.tenants.current.municipalities.filter { town in
            let text = [town.name, town.kana, town.romaji.lowercased(), town.county ?? "", town.id.rawValue].joined(
                separator: " ")
            return needles.allSatisfy { text.contains($0) }
        }
        let hits = towns.prefix(limit).map { town in
            SearchGroup.Hit(
                title: words.name(of: town).text,
                excerpt: [town.kana, town.county ?? ""].filter { !$0.isEmpty }.joined(separator: "・"),
                path: "/towns/\(town.id)")
        }
        return SearchGroup(hits: hits, total: towns.count, morePath: "/towns")
    }
}
