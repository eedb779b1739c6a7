import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// `/maps`: every layer, chosen by a form, as a map, a picture and a list.
struct MapsWeb: Sendable {
    let service: MapsService

    init(_ service: MapsService) { self.service = service }

    func add(to table: inout RouteTable) {
        table.add(
            Route(
                .get, "/maps", access: .open, cost: .query,
                operation: Operation(
                    "The map of the municipalities and of what has a place, as a page or as JSON.", tag: "maps",
                    parameters: [
                        Parameter("layer", "An entity type to show; may be given several times."),
                        Parameter(
                            "figure", "An entity type whose count colours the municipalities; `all` for all types."),
                    ], answers: [200: "The page.", 404: "No entities of such a type."],
                    produces: ["text/html", "application/json"]),
                handler: maps))
    }

    private func maps(_ call: Call) async throws -> Answer {
        let content = try await MapContent(service, call)
        let types = try await content.types()
        let page = try await MapsPage(
            content: content, types: types.map(\.type), choice: choice(call, types.map(\.type))
        )
        .page()
        return service.pages.answer(call, page)
    }

    private func choice(_ call: Call, _ types: [String]) throws(Refusal) -> MapsPage.Choice {
        let layers = call.query.all("layer").filter { !$0.isEmpty }
        let figure = call.query["figure"].flatMap { $0.isEmpty ? nil : $0 }
        for type in layers + (figure.map { [$0] } ?? []) where type != MapsPage.allTypes && !types.contains(type) {
            throw Refusal(
                .notFound, "There are no entities of the type '\(type)' with a place. See /entities for the types.")
        }
        return MapsPage.Choice(layers: types.filter(layers.contains), figure: figure)
    }
}
