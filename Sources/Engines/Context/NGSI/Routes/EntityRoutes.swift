import HTTPTypes
import JSON
import Web

/// `/entities` and what is below it (ETSI GS CIM 009 clauses 6.4 to 6.7).
struct EntityRoutes: Sendable {
    private static let entity: JSON = [
        "type": "object", "required": ["id", "type"],
        "properties": ["id": ["type": "string", "format": "uri"], "type": ["type": ["string", "array"]]],
    ]
    private static let fragment: JSON = ["type": "object", "minProperties": 1]
    private static let one = NGSIRoutes.entities + "/{id}"
    private static let attribute = one + "/attrs/{name}"
    private static let written = [
        204: "Done.", 400: "It is not valid.", 404: "There is none of this id.", 412: "If-Match names another version.",
        504: "The @context is not to be had.",
    ]

    let parts: NGSIParts

    func add(to table: inout RouteTable) {
        addReads(&table)
        addWrites(&table)
        addAttributes(&table)
    }

    private func addReads(_ table: inout RouteTable) {
        table.add(
            .ngsi(
                .get, NGSIRoutes.entities, .open, "Entities that match.",
                NGSIParameters.selection + NGSIParameters.representation + NGSIParameters.order
                    + NGSIParameters.paging(largestPage: parts.largestPage),
                cost: .query,
                answers: [200: "The page.", 400: "A parameter cannot be read.", 404: "There is no such tenant."],
                produces: Representation.media, EntityListRequest(parts: parts).list))
        table.add(
            .ngsi(
                .get, Self.one, .open, "One entity.",
                [NGSIParameters.id, NGSIParameters.type, NGSIParameters.attrs, NGSIParameters.dataset]
                    + NGSIParameters.representation,
                answers: [200: "The entity.", 404: "There is none of this id, or none that one may see."],
                produces: Representation.media, EntityReads(parts: parts).retrieve))
    }

    private func addWrites(_ table: inout RouteTable) {
        let writes = EntityWrites(parts: parts)
        let format = [
            NGSIParameters.options("The form of the body: normalized, concise, simplified or keyValues."),
            Parameter("format", "The form of the body; stronger than options.", schema: .choice(InputFormat.choices)),
        ]
        table.add(
            .ngsi(
                .post, NGSIRoutes.entities, .permission(ContextModule.write), "Create an entity.", takes: Self.entity,
                answers: [201: "Created; Location names it.", 400: "It is not valid.", 409: "The id is taken."],
                produces: [], writes.create))
        table.add(
            .ngsi(
                .put, Self.one, .permission(ContextModule.write), "Replace an entity.",
                [NGSIParameters.id, NGSIParameters.type] + format,
                takes: Self.fragment, answers: Self.written, writes.replace))
        table.add(
            .ngsi(
                .patch, Self.one, .permission(ContextModule.write),
                "Merge into an entity; urn:ngsi-ld:null takes away.",
                [
                    NGSIParameters.id, NGSIParameters.type,
                    Parameter("observedAt", "The time of attributes that say none."),
                    Parameter("lang", "The language of texts that go into LanguageProperties."),
                ] + format,
                takes: Self.fragment, merges: true, answers: Self.written, writes.merge))
        table.add(
            .ngsi(
                .delete, Self.one, .permission(ContextModule.delete), "Delete an entity.",
                [NGSIParameters.id, NGSIParameters.type],
                answers: Self.written, writes.delete))
        table.add(
            .ngsi(
                .delete, NGSIRoutes.entities, .permission(ContextModule.delete),
                "Delete the entities that match, or attributes of them.", NGSIParameters.selection + Purge.parameters,
                cost: .query,
                answers: [204: "Done.", 400: "A parameter cannot be read.", 404: "There is no such tenant."],
                Purge(parts: parts).delete))
    }

    private func addAttributes(_ table: inout RouteTable) {
        let writes = AttributeWrites(parts: parts)
        let write = Access.permission(ContextModule.write)
        let partly = Self.written.merging([207: "Some were left out."]) { first, _ in first }
        let target = [NGSIParameters.id, NGSIParameters.type, NGSIParameters.name]
        let dataset = Parameter("datasetId", "The instance that is meant; the default one without it.")
        let all = Parameter("deleteAll", "Whether all instances are deleted.", schema: NGSIParameters.flag)
        table.add(
            .ngsi(
                .post, Self.one + "/attrs", write, "Append attributes, or replace those that are there.",
                [NGSIParameters.id, NGSIParameters.type, NGSIParameters.options("noOverwrite: leave what is there.")],
                takes: Self.fragment, answers: partly, writes.append))
        table.add(
            .ngsi(
                .patch, Self.one + "/attrs", write, "Update attributes that the entity has.",
                [NGSIParameters.id, NGSIParameters.type],
                takes: Self.fragment, merges: true, answers: partly, writes.update))
        table.add(
            .ngsi(
                .patch, Self.attribute, write, "Update a part of an attribute.", target + [dataset],
                takes: Self.fragment, merges: true, answers: Self.written, writes.partialUpdate))
        table.add(
            .ngsi(
                .put, Self.attribute, write, "Replace an attribute that the entity has.",
                target + [
                    NGSIParameters.options("The form of the body."), Parameter("format", "The form of the body."),
                ],
                takes: [:], answers: Self.written, writes.replace))
        table.add(
            .ngsi(
                .delete, Self.attribute, write, "Delete an attribute.", target + [dataset, all], answers: Self.written,
                writes.delete))
    }
}
