import HTTPTypes
import JSON
import Storage
import Web

/// `/entityOperations` (ETSI GS CIM 009 clauses 6.14 to 6.17, 6.23 and 6.31).
struct BatchRoutes: Sendable {
    private static let root = NGSIRoutes.root + "/entityOperations/"
    private static let entities: JSON = ["type": "array", "items": ["type": "object"], "minItems": 1]
    private static let ids: JSON = ["type": "array", "items": ["type": "string", "format": "uri"], "minItems": 1]
    private static let query: JSON = ["type": "object", "required": ["type"]]
    private static let created = "All that were new are created; their ids."
    private static let partly = [207: "Some items were refused; the others are done.", 400: "The body cannot be read."]

    let parts: NGSIParts

    func add(to table: inout RouteTable) {
        let writes = BatchWrites(parts: parts)
        let done = Self.partly.merging([204: "All are done."]) { first, _ in first }
        let new = Self.partly.merging([201: Self.created]) { first, _ in first }
        add(&table, "create", "Create entities.", [], Self.entities, new, writes.create)
        add(
            &table, "upsert", "Create entities, or replace or update those that are there.",
            [NGSIParameters.options("replace (as without it) or update.")], Self.entities,
            new.merging(done) { first, _ in first }, writes.upsert)
        add(
            &table, "update", "Append attributes to entities, or replace those that are there.",
            [NGSIParameters.options("noOverwrite: leave what is there.")], Self.entities, done, writes.update)
        add(
            &table, "merge", "Merge into entities; urn:ngsi-ld:null takes away.",
            [
                NGSIParameters.options("The form of the body."), Parameter("format", "The form of the body."),
                Parameter("observedAt", "The time of attributes that say none."),
                Parameter("lang", "The language of texts that go into LanguageProperties."),
            ], Self.entities, done, writes.merge)
        add(&table, "delete", "Delete entities.", [], Self.ids, done, writes.delete, ContextModule.delete)
        add(
            &table, "purge", "Delete the entities that a query finds, or attributes of them.", Purge.parameters,
            Self.query,
            done, Purge(parts: parts).post, ContextModule.delete)
        addQuery(&table)
    }

    private func addQuery(_ table: inout RouteTable) {
        table.add(
            .ngsi(
                .post, Self.root + "query", .open, "Entities that match the query in the body.",
                NGSIParameters.representation + NGSIParameters.paging(largestPage: parts.largestPage),
                takes: Self.query,
                cost: .query, answers: [200: "The page.", 400: "The query cannot be read."],
                produces: Representation.media, EntityListRequest(parts: parts).post))
    }

    private func add(
        _ table: inout RouteTable, _ name: String, _ summary: String, _ parameters: [Parameter], _ schema: JSON,
        _ answers: [Int: String], _ handler: @escaping @Sendable (Call) async throws -> Answer,
        _ permission: Permission = ContextModule.write
    ) {
        var route = Route.ngsi(
            .post, Self.root + name, .permission(permission), summary, parameters, takes: schema, cost: .query,
            answers: answers, handler)
        route.bodyLimit = 32 << 20
        table.add(route)
    }
}
