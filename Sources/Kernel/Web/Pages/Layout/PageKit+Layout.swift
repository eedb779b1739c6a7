import JSON
import Storage

extension PageKit {
    /// The whole document: emergency banner, header, breadcrumb, main, contact, footer, in this order on every page.
    public func html(_ call: Call, _ page: Page) -> HTML {
        let words = words(for: call)
        let site = words["site.name"].text
        let title = [page.isRefused ? words["site.errorPrefix"].text : "", page.title.text].joined()
        return render(
            "layout",
            [
                "languageTag": words.languageTag, "language": call.language.rawValue, "theme": call.theme.rawValue,
                "documentTitle": page.title.text == site ? title : title + "｜" + site,
                "stylesheets": (["higo.css"] + page.styles).map(assetPath),
                "scripts": (["higo.js"] + page.scripts).map(assetPath), "icon": assetPath("icon.svg"),
                "emergency": emergencyBanner(words)?.text ?? "",
                "query": call.path == "/search" ? call.query["q"] ?? "" : "",
                "navigation": navigation(call, words).text, "languages": languageSwitch(call, words).text,
                "themes": themeSwitch(call, words).text, "account": account(call, words).text,
                "breadcrumb": breadcrumb(page, words).text, "mainClass": page.isWide ? "wide" : "column",
                "heading": heading(page).text, "untranslated": page.body.text.contains("data-untranslated"),
                "body": page.body.text,
            ], words)
    }

    private func heading(_ page: Page) -> HTML {
        guard !page.hasOwnHeading else { return .empty }
        let lead = page.lead.map { HTML.element("p", ["class": "lead"], $0.html) } ?? .empty
        return .element("h1", [:], page.title.html) + lead
    }

    private func breadcrumb(_ page: Page, _ words: WordBook) -> HTML {
        guard page.title.text != words["site.name"].text else { return .empty }
        let way = [(label: words["site.home"], path: "/")] + page.breadcrumb
        let links = way.map { HTML.element("li", [:], .link($0.label, to: $0.path)) }
        let here = HTML.element("li", ["aria-current": "page"], page.title.html)
        return .element(
            "nav", ["class": "breadcrumb", "aria-label": words["site.breadcrumb"].text],
            .element("ol", [:], links + [here]))
    }

    private func account(_ call: Call, _ words: WordBook) -> HTML {
        guard let session = call.session else { return .link(words["site.signIn"], to: "/sign-in") }
        return .link(words("site.account", ["name": .text(session.displayName)]), to: "/account")
    }
}
