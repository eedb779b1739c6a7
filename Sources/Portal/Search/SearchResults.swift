import Web

/// What was found, a section a group, with the words marked.
package struct SearchResults: Component {
    var query: String
    var total: Int
    var groups: [SearchPage.Group]

    package func html(_ words: WordBook) -> HTML {
        guard !query.isEmpty else { return box(words) + .element("p", [:], words["portal.search.hint"].html) }
        let found = groups.filter { ($0.found?.total ?? 1) > 0 }
        let sentence = HTML.element("p", ["class": "lead"], words("portal.search.total", ["n": .number(total)]).html)
        let nothing = total == 0 ? HTML.element("p", [:], words["portal.search.nothing"].html) : .empty
        return box(words) + sentence + nothing
            + found.enumerated().map { section($0.offset, $0.element, words) }.joined()
    }

    private func box(_ words: WordBook) -> HTML {
        .element(
            "form",
            [
                "class": "big-search", "action": "/search", "method": "get", "role": "search",
                "aria-label": words["portal.search.title"].text,
            ],
            .element("label", ["for": "page-search"], words["site.searchLabel"].html),
            .element(
                "input", ["id": "page-search", "type": "search", "name": "q", "value": query, "autocomplete": "off"]),
            .element("button", ["class": "solid", "type": "submit"], words["site.searchSubmit"].html))
    }

    private func section(_ position: Int, _ group: SearchPage.Group, _ words: WordBook) -> HTML {
        guard let found = group.found else {
            return Section(
                id: "group-\(position)", title: group.title,
                body: EmptyNotice(words["portal.search.failed"]).html(words)
            ).html(words)
        }
        let title = group.title + Phrase("（") + words.count(found.total, "unit.items") + Phrase("）")
        let hits = found.hits.map { hit in
            HTML.element(
                "li", [:], .element("a", ["href": hit.path], Self.marked(hit.title, query)),
                hit.excerpt.isEmpty ? .empty : .element("p", [:], Self.marked(hit.excerpt, query)))
        }
        let more = found.morePath.flatMap { path in
            found.total > found.hits.count
                ? HTML.element("p", [:], .link(words("portal.search.more", ["n": .number(found.total)]), to: path))
                : nil
        }
        return Section(
            id: "group-\(position)", title: title, body: .element("ul", ["class": "hits"], hits) + (more ?? .empty)
        ).html(words)
    }

    /// The text with the searched words in `mark`.
    package static func marked(_ text: String, _ query: String) -> HTML {
        var html = HTML.empty
        var rest = text[...]
        let needles = query.split(separator: " ").map(String.init)
        while let range = needles.compactMap({ rest.firstRange(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound }) {
            html = html + .text(String(rest[..<range.lowerBound])) + .element("mark", [:], .text(String(rest[range])))
            rest = rest[range.upperBound...]
        }
        return html + .text(String(rest))
    }
}
