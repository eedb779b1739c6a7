import Entities
import HTTPTypes
import JSON
import Platform
import Storage
import Web

/// The pages of entities, and the downloads of a type.
struct EntityPageRoutes: Sendable {
    private static let tag = "entities"

    private let ports: Ports
    private var store: EntityStore { ports.entities }

    init(_ ports: Ports) { self.ports = ports }

    func add(to table: inout RouteTable) {
        table.add(.page(EntityPaths.types, "Every type of entity.", tag: Self.tag) { try await types($0) })
        table.add(
            .page(
                "/entities/types/{type}", "The entities of a type.", tag: Self.tag,
                parameters: [
                    Parameter("type", in: .path, "The type's name.", required: true),
                    Parameter("q", "Words that the entities hold.", schema: .text(200)),
                    Parameter("municipality", "A 6-digit code.", schema: .text(6)),
                    Parameter(
                        "sort", "An attribute or modifiedAt; - before it for the other way round.", schema: .text(200)),
                    Parameter("page", "Page from 1.", schema: .integer(1, 20_000)),
                ]
            ) { try await type($0) })
        table.add(
            .page(
                "/entities/{id}", "One entity with its history and its neighbours.", tag: Self.tag,
                parameters: [NGSIParameters.id]
            ) { try await entity($0) })
        for form in DownloadForm.allCases { table.add(download(form)) }
    }

    private func types(_ call: Call) async throws -> Answer {
        let types = try await store.types(call.context)
        return ports.pages.answer(call, TypesPage(types: types, text: EntityText(ports.pages, call)).page)
    }

    private func type(_ call: Call) async throws -> Answer {
        let name = call.parameter("type")
        let type = try await summary(name, call)
        let query = try TypePage.query(call, type: name)
        let text = EntityText(ports.pages, call)
        let page = TypePage(
            type: type, attributes: try await store.attributes(call.context, type: name),
            page: try await store.query(call.context, query), map: try await ports.pages.typeMap(call, type: name),
            towns: ports.platform.tenants.current.municipalities.map { ($0.id.rawValue, text.words.name(of: $0)) },
            text: text, call: call)
        return ports.pages.answer(call, page.answer)
    }

    /// The type as the actor sees it; what has no entity that one may see does not exist.
    private func summary(_ name: String, _ call: Call) async throws -> EntityTypeSummary {
        guard let type = try await store.types(call.context).first(where: { $0.type == name }) else {
            throw Refusal(.notFound, "There are no entities of the type '\(name)'; /entities lists all types.")
        }
        return type
    }

    private func entity(_ call: Call) async throws -> Answer {
        let id = call.parameter("id")
        guard let entity = try await store.get(call.context, id: id) else {
            throw Refusal(.notFound, "There is no entity with the id '\(id)'; /entities lists all types.")
        }
        let text = EntityText(ports.pages, call)
        let town = entity.municipality.flatMap { ports.platform.tenants.current.municipality($0) }
        let page = EntityDetailPage(
            try await EntityDetail(call.context, entity, store), text, townName: town.map { text.words.name(of: $0) })
        return ports.pages.answer(call, page.page)
    }

    private func download(_ form: DownloadForm) -> Route {
        Route(
            .get, "/entities/types/{type}/\(form.rawValue)", access: .open, cost: .job,
            operation: Operation(
                "All entities of a type as \(form.rawValue).", tag: Self.tag,
                parameters: [Parameter("type", in: .path, "The type's name.", required: true)],
                answers: [200: "The file.", 404: "There are none of this type."], produces: [form.mediaType]),
            isShared: true
        ) { call in
            let name = call.parameter("type")
            _ = try await summary(name, call)
            let attributes = try await store.attributes(call.context, type: name).map(\.name).sorted()
            return TypeDownload(form: form, type: name, attributes: attributes, store: store, context: call.context)
                .answer
        }
    }
}
