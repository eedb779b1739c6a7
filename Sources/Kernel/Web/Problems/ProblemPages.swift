import HTTPTypes
import Storage

/// How problems look to people: the page kit's pages, or `plain` without words and layout.
public struct ProblemPages: Sendable {
    /// The page in place of the one that was asked for. The call has what is known of the request so far; no body.
    public var page: @Sendable (Call, Problem) -> Answer
    /// `/problems/NAME`: what the kind means and what to do.
    public var explanation: @Sendable (Call, ProblemKind) -> Answer
    /// `/problems`: all kinds.
    public var overview: @Sendable (Call, [ProblemKind]) -> Answer

    public init(
        page: @escaping @Sendable (Call, Problem) -> Answer,
        explanation: @escaping @Sendable (Call, ProblemKind) -> Answer,
        overview: @escaping @Sendable (Call, [ProblemKind]) -> Answer
    ) {
        self.page = page
        self.explanation = explanation
        self.overview = overview
    }

    /// English without layout, for sites without a page kit.
    public static let plain = ProblemPages(
        page: { _, problem in
            var answer = Answer.html(
                document(problem.kind.title, .text(problem.detail) + .element("code", [:], .text(problem.requestID))))
            answer.status = .init(code: problem.kind.status)
            return answer
        },
        explanation: { _, kind in .html(document(kind.title, .text("\(kind.status) \(kind.code.rawValue)"))) },
        overview: { _, kinds in .html(document("Problems", .text(kinds.map(\.code.rawValue).joined(separator: ", ")))) }
    )

    private static func document(_ title: String, _ body: HTML) -> HTML {
        let title = HTML(escaping: title).text
        return HTML(
            raw: "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>\(title)｜Higo</title>"
                + "<main><h1>\(title)</h1><p>\(body.text)</p></main></html>")
    }
}
