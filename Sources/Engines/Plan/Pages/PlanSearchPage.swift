import JSON
import Web

/// `/plan/search`: what holds some words.
struct PlanSearchPage {
    let query: String
    let plan: PlanService
    let kit: PageKit
    let text: PlanText

    init(words: String, plan: PlanService, kit: PageKit, call: Call) {
        query = words
        self.plan = plan
        self.kit = kit
        text = PlanText(plan, kit, call)
    }

    var page: Page {
        let words = text.words
        let hits = plan.find(query).map(PlanHit.init)
        let isAsked = !query.allSatisfy(\.isWhitespace)
        let body = kit.render(
            "plan-search",
            [
                "form": PlanSearchForm(query: query, words: words).html.text, "isAsked": isAsked,
                "found": words("plan.search.found", ["words": .text(query), "n": .number(hits.count)]).html.text,
                "hits": hits.map(values),
            ], words)
        return Page(
            title: words["plan.search.title"], breadcrumb: [(words["plan.title"], PlanPath.overview)], body: body,
            facts: [
                "query": .string(query), "items": .array(hits.map(\.facts)), "next": .null, "total": JSON(hits.count),
            ])
    }

    private func values(_ hit: PlanHit) -> [String: any Sendable] {
        [
            "kind": text.words[WordKey("plan.hit.\(hit.kind)")].html.text, "path": hit.path,
            "title": text.japanese(hit.title).html.text, "excerpt": text.japanese(hit.excerpt).html.text,
        ]
    }
}

/// The plan's own search box.
struct PlanSearchForm {
    let query: String
    let words: WordBook

    var html: HTML {
        let field = Field(
            "q", label: words["plan.search.label"], .input(type: "search"), value: query, need: .unsaid)
        return PageForm(
            get: PlanPath.search, role: "search", submit: words["plan.search.submit"], fields: [field.html(words)]
        )
        .html(words)
    }
}
