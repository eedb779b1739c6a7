import Entities
import HTTPTypes
import JSON
import Web

/// `/jsonldContexts` (ETSI GS CIM 009 clauses 6.29 and 6.30).
struct ContextRoutes: Sendable {
    static let media = ["application/ld+json", "application/json"]
    private static let id = Parameter(
        "id", in: .path, "The id of a context that is kept here, or the address of a cached one.", required: true)
    private static let details = Parameter(
        "details", "What is known of it, not the context itself.", schema: NGSIParameters.flag)
    private static let document: JSON = ["type": "object", "required": ["@context"]]

    let library: ContextLibrary
    let entities: EntityStore

    func add(to table: inout RouteTable) {
        let requests = ContextRequests(library: library, entities: entities)
        var adding = Route.ngsi(
            .post, ContextPaths.root, .permission(ContextModule.write), "Keep a context and serve it.",
            takes: Self.document,
            answers: [
                201: "Kept; Location is its address.", 400: "It is no context.", 504: "A part is not to be had.",
            ],
            produces: [], requests.add)
        adding.bodyLimit = 1 << 20
        table.add(adding)
        table.add(
            .ngsi(
                .get, ContextPaths.root, .open, "The contexts that are kept or cached here.",
                [
                    Self.details,
                    Parameter("kind", "Only these.", schema: .choice(["Hosted", "Cached", "ImplicitlyCreated"])),
                ],
                cost: .query, answers: [200: "Their addresses, or what is known of them."],
                requests.list))
        table.add(
            .ngsi(
                .get, ContextPaths.root + "/{id}", .open, "A context.", [Self.id, Self.details],
                answers: [
                    200: "The context, or what is known of it.", 404: "There is none of this id.",
                    422: "It is only cached: read it at its own address.",
                ], produces: Self.media, requests.retrieve))
        table.add(
            .ngsi(
                .delete, ContextPaths.root + "/{id}", .permission(ContextModule.write), "Delete or reload a context.",
                [Self.id, Parameter("reload", "Fetch a cached one anew.", schema: NGSIParameters.flag)],
                answers: [204: "Done.", 404: "There is none of this id.", 504: "It is not to be had any more."],
                requests.delete))
    }
}
