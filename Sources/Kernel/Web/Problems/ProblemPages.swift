import Storage

/// How problems look to people. The page kit fills it; `plain` does without words and layout.
public struct ProblemPages: Sendable {
    /// The page in place of the one that was asked for. The call has what is known of the request so far; no body.
    public var page: @Sendable (Call, Problem) -> HTML
    /// `/problems/NAME`: what the kind means and what to do.
    public var explanation: @Sendable (Call, ProblemKind) -> HTML
    /// `/problems`: all kinds.
    public var overview: @Sendable (Call, [ProblemKind]) -> HTML

    public init(
        page: @escaping @Sendable (Call, Problem) -> HTML,
        explanation: @escaping @Sendable (Call, ProblemKind) -> HTML,
        overview: @escaping @Sendable (Call, [ProblemKind]) -> HTML
    ) {
        self.page = page
        self.explanation = explanation
        self.overview = overview
    }

    public static let plain = ProblemPages(
        page: { call, problem in
            document(
                call, problem.kind.title,
                HTML(escaping: problem.detail) + HTML(raw: " <code>") + HTML(escaping: problem.requestID)
                    + HTML(raw: "</code>"))
        },
        explanation: { call, kind in document(call, kind.title, HTML(escaping: "\(kind.status) \(kind.code.rawValue)"))
        },
        overview: { call, kinds in
            document(
                call, "Problems",
                kinds.map { HTML(raw: "<a href=\"\($0.path)\">") + HTML(escaping: $0.title) + HTML(raw: "</a><br>") }
                    .reduce(HTML(raw: ""), +))
        })

    private static func document(_ call: Call, _ title: String, _ body: HTML) -> HTML {
        let title = HTML(escaping: title).text
        return HTML(
            raw: "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>\(title)｜Higo</title>"
                + "<main><h1>\(title)</h1><p>\(body.text)</p></main></html>")
    }
}
