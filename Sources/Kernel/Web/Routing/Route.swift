import HTTPTypes
import JSON
import Storage

/// Who may call a route. What the data's visibility hides stays hidden besides.
public enum Access: Sendable, Hashable {
    /// Everybody, signed in or not.
    case open
    /// Only with this permission.
    case permission(Permission)
}

/// What answering costs, for limits and for the pool that does it.
public enum Cost: String, Sendable, Hashable { case point, query, job }

/// One operation: the only way to add one to the server is the `RouteTable`.
public struct Route: Sendable {
    public var method: HTTPRequest.Method
    /// `/entities/{id}`; a last part `{name...}` takes the rest of the path.
    public var template: String
    public var access: Access
    /// Bytes of body taken; more is refused with 413.
    public var bodyLimit: Int
    public var cost: Cost
    public var operation: Operation
    /// Scripts of all sites may read the answers of a GET (CORS): open data of the standards' APIs.
    public var isShared: Bool
    /// A slash at the end of the path is passed over, where a standard writes its addresses with one; else such a path
    /// is redirected if it is read, and not found if it is written to.
    public var passesOverSlash = false
    /// Draws refusals in the form that a standard asks for; `nil`: problem details.
    public var refusal: (@Sendable (Problem) -> Answer)?
    public var handler: @Sendable (Call) async throws -> Answer

    public init(
        _ method: HTTPRequest.Method, _ template: String, access: Access, bodyLimit: Int = 0, cost: Cost = .point,
        operation: Operation, isShared: Bool = false, refusal: (@Sendable (Problem) -> Answer)? = nil,
        handler: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.template = template
        self.access = access
        self.bodyLimit = bodyLimit
        self.cost = cost
        self.operation = operation
        self.isShared = isShared
        self.refusal = refusal
        self.handler = handler
    }
}

/// A route's entry in `/openapi.json` (OpenAPI 3.1).
public struct Operation: Sendable {
    public var summary: String
    public var tag: String
    public var parameters: [Parameter]
    /// Media types of the request body with a JSON Schema each; empty: no body.
    public var requestBody: [String: JSON]
    /// Status → description.
    public var answers: [Int: String]
    /// Media types of the successful answer.
    public var produces: [String]
    /// Media types of a refusal with a JSON Schema each, where a standard has a form of its own; empty: problem details.
    public var refusals: [String: JSON]

    public init(
        _ summary: String, tag: String, parameters: [Parameter] = [], requestBody: [String: JSON] = [:],
        answers: [Int: String] = [200: "The answer."], produces: [String] = ["application/json"],
        refusals: [String: JSON] = [:]
    ) {
        self.summary = summary
        self.tag = tag
        self.parameters = parameters
        self.requestBody = requestBody
        self.answers = answers
        self.produces = produces
        self.refusals = refusals
    }
}

/// A query, path or header parameter. Query parameters that an operation does not declare are refused with 400.
public struct Parameter: Sendable {
    public enum Place: String, Sendable { case query, path, header }

    public var name: String
    public var place: Place
    public var summary: String
    /// JSON Schema of the value.
    public var schema: JSON
    public var isRequired: Bool

    public init(
        _ name: String, in place: Place = .query, _ summary: String,
        schema: JSON = .object(JSONObject([.init("type", .string("string"))])),
        required: Bool = false
    ) {
        self.name = name
        self.place = place
        self.summary = summary
        self.schema = schema
        self.isRequired = required
    }
}

/// The routes of all modules, in order.
public struct RouteTable: Sendable {
    public private(set) var routes: [Route] = []

    public init() {}

    public mutating func add(_ route: Route) { routes.append(route) }
}
