import HTTPTypes
import JSON
import Storage
import Web

extension Route {
    /// The bytes of a body at most.
    static let ngsiBodyLimit = 4 << 20

    /// A route of NGSI-LD: its media types, tenants and errors, which are problem details with the standard's types.
    static func ngsi(
        _ method: HTTPRequest.Method, _ template: String, _ access: Access, _ summary: String,
        _ parameters: [Parameter] = [], takes schema: JSON? = nil, merges: Bool = false, cost: Cost = .point,
        answers: [Int: String], produces: [String] = ["application/json", "application/ld+json"],
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        let types = ["application/json", "application/ld+json"] + (merges ? ["application/merge-patch+json"] : [])
        let bodies = schema.map { schema in Dictionary(uniqueKeysWithValues: types.map { ($0, schema) }) } ?? [:]
        var route = Route(
            method, template, access: access, bodyLimit: schema == nil ? 0 : ngsiBodyLimit, cost: cost,
            operation: Operation(
                summary, tag: "ngsi-ld", parameters: parameters + NGSIParameters.common, requestBody: bodies,
                answers: answers, produces: produces),
            isShared: true, refusal: NGSIError.answer, handler: handler)
        // The standard's own addresses of lists and batches end with one.
        route.passesOverSlash = true
        return route
    }
}
