import HTTPTypes
import JSON
import Storage

extension PageKit {
    /// The page for a refusal: what happened, what to do, and the number to quote.
    ///
    /// The server calls this for readers who take HTML; programs get problem details (RFC 9457).
    public func problemAnswer(_ call: Call, _ refusal: Refusal, status: HTTPResponse.Status) -> Answer {
        let words = words(for: call)
        let name = refusal.code.rawValue
        let detail = HTML.element(
            "details", [:], .element("summary", [:], words["problem.detail"].html),
            .element("p", ["lang": "en"], .text(refusal.code == .storage ? "The database failed." : refusal.detail)),
            .element(
                "ul", ["lang": "en"], refusal.faults.map { .element("li", [:], .text("\($0.pointer): \($0.detail)")) }))
        let body = [
            HTML.element("p", ["class": "lead"], words[WordKey("problem.\(name).text")].html), ways(refusal, words),
            .element("p", [:], words("problem.number", ["number": .text(call.context.requestID)]).html), detail,
            .element("p", [:], .link(words["problem.explain"], to: "/problems/\(name)")),
        ]
        let page = Page(
            title: words[WordKey("problem.\(name).title")], body: body.joined(), isWide: false,
            facts: .object(
                JSONObject([.init("type", .string("/problems/\(name)")), .init("status", .int(Int64(status.code)))])))
        var answer = Answer.bytes(Array(html(call, page).text.utf8), type: "text/html; charset=utf-8", status: status)
        answer.headers[.vary] = "Accept, Accept-Language, Cookie"
        return answer
    }

    private func ways(_ refusal: Refusal, _ words: WordBook) -> HTML {
        var links = [LinkButton(words["problem.home"], to: "/"), LinkButton(words["problem.search"], to: "/search")]
        if refusal.code == .unauthenticated {
            links.insert(LinkButton(words["site.signIn"], to: "/sign-in", .solid), at: 0)
        }
        return .element("p", ["class": "actions"], links.map { $0.html(words) })
    }

    /// The names under `/problems/`, each with `problem.NAME.title` and `.text` in the words.
    public static var problemNames: [String] { Refusal.Code.allCases.map(\.rawValue) }
}
