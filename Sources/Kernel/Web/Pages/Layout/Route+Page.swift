import HTTPTypes
import JSON

extension Route {
    /// A page that everybody, or who holds a permission, may read: HTML, or the same facts as JSON.
    public static func page(
        _ template: String, _ summary: String, tag: String, access: Access = .open, cost: Cost = .query,
        parameters: [Parameter] = [], handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(
            .get, template, access: access, cost: cost,
            operation: Operation(
                summary, tag: tag, parameters: pathParameters(template, parameters) + parameters,
                answers: template.contains("{")
                    ? [200: "The page.", 404: "There is no such thing."] : [200: "The page."],
                produces: ["text/html", "application/json"]), handler: handler)
    }

    private static func pathParameters(_ template: String, _ declared: [Parameter]) -> [Parameter] {
        template.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { part in
            String(part.dropFirst().dropLast()).replacing("...", with: "")
        }.filter { name in !declared.contains { $0.name == name && $0.place == .path } }
            .map { Parameter($0, in: .path, "Names the thing.", required: true) }
    }
}
