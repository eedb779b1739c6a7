import HTTPTypes
import Storage

/// A route made ready for answering: what would cost time on each request is worked out once.
package final class RouteEntry: Sendable {
    package let route: Route
    /// The names in the template's braces, in order.
    let parameterNames: [String]
    /// What the last part takes, if the template ends with `{name...}`.
    let takesRest: Bool
    let declaredQuery: [String]
    let checks: [ParameterCheck]
    let bodyTypes: [MediaType]
    let producedTypes: [MediaType]
    /// Answers HTML, so that its answers depend on language and theme.
    let isPage: Bool
    /// `GET /towns/{code}`: in the audit, the log and the metrics.
    let label: String
    let meter: RouteMeter

    init(_ route: Route) throws(RouteTableError) {
        self.route = route
        label = "\(route.method.rawValue) \(route.template)"
        let parts = try TemplatePart.parts(of: route.template)
        parameterNames = parts.compactMap(\.name)
        takesRest = parts.last?.isRest ?? false
        let parameters = route.operation.parameters
        try Self.compare(parameterNames, parameters, label)
        declaredQuery = parameters.filter { $0.place == .query }.map(\.name) + ["lang"]
        checks = parameters.compactMap(ParameterCheck.init)
        bodyTypes = route.operation.requestBody.keys.sorted().map { MediaType($0) }
        producedTypes = route.operation.produces.map { MediaType($0) }
        isPage = producedTypes.contains { $0.essence == "text/html" }
        meter = RouteMeter(label)
    }

    /// Every `{name}` is declared as a path parameter and the other way round.
    private static func compare(
        _ names: [String], _ parameters: [Parameter], _ label: String
    ) throws(RouteTableError) {
        let declared = Set(parameters.filter { $0.place == .path }.map(\.name))
        if let name = names.first(where: { !declared.contains($0) }) { throw .undeclaredParameter(label, name) }
        if let name = declared.first(where: { !names.contains($0) }) { throw .unknownParameter(label, name) }
        if Set(names).count != names.count { throw .repeatedParameter(label) }
    }
}

/// Why the routes of the modules do not fit together. Found at start, never by a request.
public enum RouteTableError: Error, Sendable, Hashable, CustomStringConvertible {
    case template(String)
    case undeclaredParameter(String, String)
    case unknownParameter(String, String)
    case repeatedParameter(String)
    case twice(String)

    public var description: String {
        switch self {
        case .template(let template): "'\(template)' is no path template: write '/a/{b}' or '/a/{b...}' at the end."
        case .undeclaredParameter(let route, let name): "\(route) does not declare its path parameter '\(name)'."
        case .unknownParameter(let route, let name): "\(route) declares '\(name)', which its template lacks."
        case .repeatedParameter(let route): "\(route) names a path parameter twice."
        case .twice(let route): "\(route) is there twice."
        }
    }
}
