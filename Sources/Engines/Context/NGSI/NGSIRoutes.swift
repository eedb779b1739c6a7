import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// The entity resources of NGSI-LD (ETSI GS CIM 009 clauses 6.4 to 6.6), as far as they are here.
struct NGSIRoutes: Sendable {
    static let root = "/ngsi-ld/v1/entities"
    private static let tag = "ngsi-ld"
    private static let media = ["application/json", "application/ld+json"]
    private static let bodyLimit = 4 << 20

    let store: EntityStore
    /// The most entities of one page.
    let largestPage: Int

    func add(to table: inout RouteTable) {
        table.add(
            route(
                .get, Self.root, .open, .query, "Entities that match.",
                EntityParameters.parameters(largestPage: largestPage) + EntityParameters.representation,
                answers: [200: "The page.", 400: "A parameter cannot be read.", 404: "There is no such tenant."]
            ) { call in try await EntityListRequest(store: store).answer(call) })
        table.add(
            route(
                .get, Self.root + "/{id}", .open, .point, "One entity.",
                [EntityParameters.id, Parameter("attrs", "Only these attributes.")] + EntityParameters.representation,
                answers: [200: "The entity.", 404: "There is none of this id, or none that one may see."]
            ) { call in try await EntityRequest(store: store).retrieve(call) })
        table.add(
            route(
                .post, Self.root, .permission(ContextModule.write), .point, "Create an entity.", [],
                takes: Self.entitySchema,
                answers: [201: "Created; Location names it.", 400: "It is not valid.", 409: "The id is taken."]
            ) { call in try await EntityRequest(store: store).create(call) })
        table.add(
            route(
                .patch, Self.root + "/{id}/attrs", .permission(ContextModule.write), .point,
                "Update attributes that the entity has.", [EntityParameters.id], takes: Self.fragmentSchema,
                answers: [
                    204: "Updated.", 207: "Some are not attributes of the entity.", 404: "There is none of this id.",
                    412: "If-Match names another version.",
                ]
            ) { call in try await EntityRequest(store: store).update(call) })
        table.add(
            route(
                .delete, Self.root + "/{id}", .permission(ContextModule.delete), .point, "Delete an entity.",
                [EntityParameters.id],
                answers: [
                    204: "Deleted.", 404: "There is none of this id.", 412: "If-Match names another version.",
                ]
            ) { call in try await EntityRequest(store: store).delete(call) })
    }

    private static let entitySchema: JSON = [
        "type": "object", "required": ["id", "type"],
        "properties": ["id": ["type": "string", "format": "uri"], "type": ["type": ["string", "array"]]],
    ]
    private static let fragmentSchema: JSON = ["type": "object", "minProperties": 1]

    private func route(
        _ method: HTTPRequest.Method, _ template: String, _ access: Access, _ cost: Cost, _ summary: String,
        _ parameters: [Parameter], takes schema: JSON? = nil, answers: [Int: String],
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        let bodies = schema.map { schema in Dictionary(uniqueKeysWithValues: Self.media.map { ($0, schema) }) } ?? [:]
        return Route(
            method, template, access: access, bodyLimit: schema == nil ? 0 : Self.bodyLimit, cost: cost,
            operation: Operation(
                summary, tag: Self.tag, parameters: parameters + [EntityParameters.tenant], requestBody: bodies,
                answers: answers, produces: Self.media),
            isShared: true, refusal: NGSIError.answer, handler: handler)
    }
}
