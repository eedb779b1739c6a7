import HTTPTypes
import JSON
import Storage

/// The OpenAPI 3.1 description of all routes, made from the route table alone and so never out of step with it.
///
/// Deterministic: paths and methods are sorted, so that two builds can be compared.
package struct OpenAPIDocument: Sendable {
    package let routes: [Route]
    /// Where the API is, as its readers call it.
    package let server: String
    package let version: String

    package init(
        routes: [Route], server: String, version: String
    ) {
        self.routes = routes
        self.server = server
        self.version = version
    }

    package var json: JSON {
        var paths = JSONObject()
        let groups = Dictionary(grouping: routes) { Self.path($0.template) }
        for (path, routes) in groups.sorted(by: { $0.key < $1.key }) {
            paths[path] = .object(
                JSONObject(
                    routes.sorted { $0.method.rawValue < $1.method.rawValue }
                        .map { .init($0.method.rawValue.lowercased(), OpenAPIOperation(route: $0).json) }))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Higo", "version": .string(version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(server)]],
            "tags": .array(Set(routes.map(\.operation.tag)).sorted().map { ["name": .string($0)] }),
            "paths": .object(paths), "components": Self.components,
        ]
    }

    /// OpenAPI knows no parameter that takes slashes; the rest of a path is told as one.
    package static func path(_ template: String) -> String { template.replacing("...}", with: "}") }

    private static var components: JSON {
        [
            "securitySchemes": [
                "key": ["type": "http", "scheme": "bearer", "description": "An API key."],
                "session": ["type": "apiKey", "in": "cookie", "name": .string(CookieName.session)],
            ],
            "schemas": ["Problem": problem],
            "responses": [
                "Problem": [
                    "description": "The request was refused (RFC 9457).",
                    "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
                ],
                "ProblemPage": [
                    "description": "The request was refused: a page, or problem details (RFC 9457), by `Accept`.",
                    "content": [
                        "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]],
                        "text/html": [:],
                    ],
                ],
            ],
        ]
    }

    private static var problem: JSON {
        let text: JSON = ["type": "string"]
        return [
            "type": "object", "required": ["type", "title", "status", "detail", "instance", "requestId"],
            "properties": [
                // Not an enumeration: standards' paths answer with the types of their standard.
                "type": [
                    "type": "string", "format": "uri-reference",
                    "examples": .array(ProblemKind.all.map { .string($0.path) }),
                ],
                "title": text, "status": ["type": "integer"], "detail": text, "instance": text, "requestId": text,
                "errors": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["pointer", "detail"],
                        "properties": ["pointer": text, "detail": text],
                    ],
                ],
            ],
        ]
    }
}

/// One operation of the document.
struct OpenAPIOperation {
    let route: Route

    var json: JSON {
        var json: JSON = [
            "operationId": .string(Self.identifier(route)), "summary": .string(route.operation.summary),
            "tags": [.string(route.operation.tag)],
        ]
        let parameters = route.operation.parameters.map(parameter)
        if !parameters.isEmpty { json["parameters"] = .array(parameters) }
        if !route.operation.requestBody.isEmpty { json["requestBody"] = ["content": content, "required": true] }
        json["responses"] = responses
        json["security"] =
            route.access == .open ? [[:], ["key": []], ["session": []]] : [["key": []], ["session": []]]
        if case .permission(let permission) = route.access { json["x-permission"] = .string(permission.rawValue) }
        json["x-body-limit"] = route.bodyLimit > 0 ? JSON(route.bodyLimit) : nil
        return json
    }

    /// `get_towns_code`.
    static func identifier(_ route: Route) -> String {
        let words = route.template.split { !($0.isLetter || $0.isNumber) }
        return ([route.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    private func parameter(_ parameter: Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "description": .string(parameter.summary),
            "required": .bool(parameter.isRequired || parameter.place == .path),
            "schema": parameter.schema,
        ]
    }

    private var content: JSON {
        .object(
            JSONObject(
                route.operation.requestBody.sorted { $0.key < $1.key }.map { .init($0.key, ["schema": $0.value]) }))
    }

    private var refusal: JSON {
        if !route.operation.refusals.isEmpty {
            // What is refused before the route is known is refused with problem details all the same.
            var refusals = route.operation.refusals
            refusals["application/problem+json"] = ["$ref": "#/components/schemas/Problem"]
            let content = refusals.sorted { $0.key < $1.key }
            return [
                "description": "The request was refused.",
                "content": .object(JSONObject(content.map { .init($0.key, ["schema": $0.value]) })),
            ]
        }
        let name = route.operation.produces.contains("text/html") ? "ProblemPage" : "Problem"
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    private var responses: JSON {
        var responses = JSONObject()
        for (status, description) in route.operation.answers.sorted(by: { $0.key < $1.key }) {
            var response: JSON = ["description": .string(description)]
            if status == 200 || status == 201 {
                response["content"] = .object(JSONObject(route.operation.produces.map { .init($0, [:]) }))
            }
            responses[String(status)] = status < 400 ? response : refusal
        }
        responses["default"] = refusal
        return .object(responses)
    }
}

/// `/openapi.json`.
enum OpenAPIRoute {
    /// Added last: it describes the routes before it and itself.
    static func add(to table: inout RouteTable, settings: SiteSettings, version: String) {
        let operation = Operation("This description of the API (OpenAPI 3.1).", tag: "operation")
        let own = Route(.get, "/openapi.json", access: .open, operation: operation, isShared: true) { _ in .noContent }
        let document = OpenAPIDocument(
            routes: table.routes + [own], server: settings.publicOrigin ?? "/", version: version)
        let bytes = document.json.bytes
        let tag = EntityTag(of: bytes).description
        table.add(
            Route(.get, "/openapi.json", access: .open, operation: operation, isShared: true) { _ in
                .bytes(bytes, type: "application/json", headers: [.eTag: tag])
            })
    }
}
