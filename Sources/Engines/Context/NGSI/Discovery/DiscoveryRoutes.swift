import HTTPTypes
import JSON
import Web

/// `/types` and `/attributes` (ETSI GS CIM 009 clauses 6.25 to 6.28).
struct DiscoveryRoutes: Sendable {
    private static let details = Parameter(
        "details", "What is known of each, not their names alone.", schema: NGSIParameters.flag)

    let parts: NGSIParts

    func add(to table: inout RouteTable) {
        let requests = DiscoveryRequests(parts: parts)
        let type = Parameter("type", in: .path, "The type's name, or its IRI.", required: true)
        add(&table, "/types", "The types of entities.", [Self.details], requests.types)
        add(&table, "/types/{type}", "A type and its attributes.", [type], requests.type)
        add(&table, "/attributes", "The attributes of entities.", [Self.details], requests.attributes)
        add(
            &table, "/attributes/{name}", "An attribute and the types that have it.", [NGSIParameters.name],
            requests.attribute)
    }

    private func add(
        _ table: inout RouteTable, _ path: String, _ summary: String, _ parameters: [Parameter],
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) {
        table.add(
            .ngsi(
                .get, NGSIRoutes.root + path, .open, summary, parameters, cost: .query,
                answers: [200: "What there is.", 404: "There is none of this name, or no such tenant."], handler))
    }
}
