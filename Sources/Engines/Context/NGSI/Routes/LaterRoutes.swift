import HTTPTypes
import Storage
import Web

/// Resources of the standard that are not here yet: they say so (501), instead of not being found.
struct LaterRoutes: Sendable {
    private static let resources = [
        ("/entityMaps", "Entity maps are not kept here: pages of lists neither drop nor repeat without them."),
        ("/snapshots", "Snapshots are not made here."),
    ]

    func add(to table: inout RouteTable) {
        for (path, sentence) in Self.resources {
            for method in [HTTPRequest.Method.get, .post, .delete] {
                add(&table, method, NGSIRoutes.root + path, [], sentence)
            }
            for method in [HTTPRequest.Method.get, .patch, .delete] {
                let id = Parameter("id", in: .path, "Its id.", required: true)
                add(&table, method, NGSIRoutes.root + path + "/{id}", [id], sentence)
            }
        }
    }

    private func add(
        _ table: inout RouteTable, _ method: HTTPRequest.Method, _ path: String, _ parameters: [Parameter],
        _ sentence: String
    ) {
        let takesBody = method == .post || method == .patch
        var route = Route.ngsi(
            method, path, .open, "Not implemented.", parameters, answers: [501: sentence]
        ) { _ in throw Refusal(.notImplemented, sentence) }
        route.bodyLimit = takesBody ? Route.ngsiBodyLimit : 0
        table.add(route)
    }
}
