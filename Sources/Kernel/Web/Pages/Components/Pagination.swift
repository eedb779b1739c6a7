/// Links to the pages of a long list, with what is shown in words.
public struct Pagination: Component {
    public var page: Int
    public var size: Int
    public var total: Int
    /// The address of a page by its number from 1.
    public var address: @Sendable (Int) -> String

    public init(page: Int, size: Int, total: Int, address: @escaping @Sendable (Int) -> String) {
        self.page = page
        self.size = size
        self.total = total
        self.address = address
    }

    /// Pages by `?page=` of the call's own address.
    public init(_ call: Call, page: Int, size: Int, total: Int) {
        self.init(page: page, size: size, total: total) { call.address(with: "page", $0 == 1 ? nil : String($0)) }
    }

    public var pageCount: Int { max(1, (total + size - 1) / max(1, size)) }

    public func html(_ words: WordBook) -> HTML {
        let first = total == 0 ? 0 : (page - 1) * size + 1
        let shown = words(
            "kit.pagination.shown",
            ["first": .number(first), "last": .number(min(page * size, total)), "total": .number(total)])
        let sentence = HTML.element("p", ["class": "shown"], shown.html)
        guard pageCount > 1 else { return sentence }
        var entries: [HTML] = []
        if page > 1 { entries.append(link(page - 1, words["kit.pagination.previous"], "prev")) }
        var last = 0
        for number in numbers {
            if number > last + 1 { entries.append(.element("li", ["aria-hidden": "true"], .text("…"))) }
            entries.append(entry(number, words))
            last = number
        }
        if page < pageCount { entries.append(link(page + 1, words["kit.pagination.next"], "next")) }
        return sentence
            + .element(
                "nav", ["class": "pagination", "aria-label": words["kit.pagination.label"].text],
                .element("ul", [:], entries))
    }

    /// The first, the last, and those round the current one.
    private var numbers: [Int] {
        [1, page - 1, page, page + 1, pageCount].filter { (1...pageCount).contains($0) }.reduce(into: []) {
            if $0.last != $1 { $0.append($1) }
        }
    }

    private func entry(_ number: Int, _ words: WordBook) -> HTML {
        let attributes: KeyValuePairs<String, String?> = [
            "href": address(number), "aria-label": words("kit.pagination.page", ["n": .number(number)]).text,
            "aria-current": number == page ? "page" : nil,
        ]
        return .element("li", [:], .element("a", attributes, .text(words.numbers.grouped(number))))
    }

    private func link(_ number: Int, _ label: Phrase, _ relation: String) -> HTML {
        .element("li", [:], .element("a", ["href": address(number), "rel": relation], label.html))
    }
}
