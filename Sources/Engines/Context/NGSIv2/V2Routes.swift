import Entities
import HTTPTypes
import JSON
import Platform
import Storage
import Web

/// The routes of NGSIv2 as Orion Context Broker 4 answers them.
struct V2Routes: Sendable {
    private static let bodyLimit = 4 << 20
    private static let entity = "/v2/entities/{id}"
    private static let attribute = "/v2/entities/{id}/attrs/{name}"
    private static let changed = [204: "Done.", 400: "It is not valid.", 404: "There is no such entity or attribute."]
    private static let object: JSON = ["type": "object"]

    let store: EntityStore

    func add(to table: inout RouteTable) {
        addLists(&table)
        addEntity(&table)
        addAttributes(&table)
        addValues(&table)
        addBatch(&table)
        V2ServiceRoutes(store: store).add(to: &table)
    }

    private func addLists(_ table: inout RouteTable) {
        let (reads, writes) = (V2EntityReads(store: store), V2EntityWrites(store: store))
        table.add(
            .v2(.get, "/v2/entities", .open, "Entities that match.", V2Parameters.query, cost: .query, reads.list))
        table.add(
            .v2(
                .post, "/v2/entities", .permission(ContextModule.write), "Create an entity.",
                [V2Parameters.options("keyValues", "upsert", "overrideMetadata", "forcedUpdate", "flowControl")],
                takes: Self.object,
                answers: [201: "Created.", 204: "Updated (upsert).", 400: "It is not valid.", 422: "It is there."],
                writes.create))
    }

    private func addEntity(_ table: inout RouteTable) {
        let (reads, writes) = (V2EntityReads(store: store), V2EntityWrites(store: store))
        let shown = [
            V2Parameters.id, V2Parameters.type, V2Parameters.attrs, V2Parameters.metadata,
            V2Parameters.options("keyValues", "values", "unique", "skipForwarding"),
        ]
        table.add(.v2(.get, Self.entity, .open, "One entity.", shown, reads.entity))
        table.add(
            .v2(
                .delete, Self.entity, .permission(ContextModule.delete), "Delete an entity.",
                [V2Parameters.id, V2Parameters.type], answers: Self.changed, writes.delete))
        table.add(.v2(.get, Self.entity + "/attrs", .open, "The attributes of an entity.", shown, reads.attributes))
    }

    private func addAttributes(_ table: inout RouteTable) {
        let writes = V2EntityWrites(store: store)
        let target = [V2Parameters.id, V2Parameters.type]
        let options = V2Parameters.options("keyValues", "overrideMetadata", "forcedUpdate", "flowControl")
        let appending = V2Parameters.options("append", "keyValues", "overrideMetadata", "forcedUpdate", "flowControl")
        let answers = Self.changed.merging([422: "Attributes are missing, or are there already."]) { $1 }
        for (method, summary, parameters, handler) in [
            (HTTPRequest.Method.post, "Update or append attributes.", target + [appending], writes.append),
            (.patch, "Update attributes that the entity has.", target + [options], writes.update),
            (.put, "Replace all attributes.", target + [options], writes.replace),
        ] {
            table.add(
                .v2(
                    method, Self.entity + "/attrs", .permission(ContextModule.write), summary, parameters,
                    takes: Self.object, answers: answers, handler))
        }
    }

    private func addValues(_ table: inout RouteTable) {
        let (reads, writes) = (V2EntityReads(store: store), V2EntityWrites(store: store))
        let target = [V2Parameters.id, V2Parameters.name, V2Parameters.type]
        let skipping = V2Parameters.options("skipForwarding")
        table.add(
            .v2(
                .get, Self.attribute, .open, "One attribute.", target + [V2Parameters.metadata, skipping],
                reads.attribute))
        table.add(
            .v2(
                .put, Self.attribute, .permission(ContextModule.write), "Update an attribute.",
                target + [V2Parameters.options("overrideMetadata", "forcedUpdate", "flowControl")], takes: Self.object,
                answers: Self.changed, writes.putAttribute))
        table.add(
            .v2(
                .delete, Self.attribute, .permission(ContextModule.write), "Remove an attribute.", target,
                answers: Self.changed, writes.deleteAttribute))
        table.add(
            .v2(
                .get, Self.attribute + "/value", .open, "The value of an attribute.", target + [skipping],
                produces: ["application/json", "text/plain"], reads.value))
        var value = Route.v2(
            .put, Self.attribute + "/value", .permission(ContextModule.write), "Update the value of an attribute.",
            target + [V2Parameters.options("forcedUpdate", "flowControl")], takes: Self.object, answers: Self.changed,
            writes.putValue)
        value.operation.requestBody["text/plain"] = ["type": "string"]
        table.add(value)
    }

    private func addBatch(_ table: inout RouteTable) {
        let (reads, batch) = (V2EntityReads(store: store), V2Batch(store: store))
        table.add(
            .v2(
                .post, "/v2/op/update", .permission(ContextModule.write), "Change several entities at once.",
                [V2Parameters.options("keyValues", "overrideMetadata", "forcedUpdate", "flowControl")],
                takes: Self.object, cost: .query, answers: Self.changed, batch.update))
        table.add(
            .v2(
                .post, "/v2/op/query", .open, "Entities that match.",
                [
                    V2Parameters.limit, V2Parameters.offset, V2Parameters.orderBy,
                    V2Parameters.options("count", "keyValues", "values", "unique", "skipForwarding"),
                ], takes: Self.object, cost: .query, reads.query))
        table.add(
            .v2(
                .post, "/v2/op/notify", .permission(ContextModule.write), "Take a notification of another broker.",
                [V2Parameters.options("flowControl")], takes: Self.object, cost: .query, batch.notify))
    }
}

extension Route {
    /// A route of NGSIv2: Orion's errors, correlator and CORS.
    static func v2(
        _ method: HTTPRequest.Method, _ template: String, _ access: Access, _ summary: String,
        _ parameters: [Parameter] = [], takes schema: JSON? = nil, cost: Cost = .point,
        answers: [Int: String] = [200: "The answer."], produces: [String] = ["application/json"],
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(
            method, template, access: access, bodyLimit: schema == nil ? 0 : 4 << 20, cost: cost,
            operation: Operation(
                summary, tag: "ngsi-v2", parameters: parameters + V2Parameters.headers,
                requestBody: schema.map { ["application/json": $0] } ?? [:], answers: answers, produces: produces),
            isShared: true, refusal: OrionError.answer
        ) { call in
            var answer: Answer
            do { answer = try await handler(call) } catch let refusal as Refusal where refusal.code != .storage {
                answer = OrionError.answer(
                    Problem(refusal, instance: call.path, requestID: V2Headers.correlator(call)))
            }
            V2Headers.mark(&answer, correlator: V2Headers.correlator(call))
            return answer
        }
    }
}
