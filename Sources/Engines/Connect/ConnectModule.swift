import Platform
import Storage
import Web

/// Connect: real files and services become shared data.
public enum ConnectModule {
    /// - Parameter service: links files; the same value serves the command line.
    public static func module(_ service: ImportService) -> Module {
        Module(
            id: "connect", migrations: ImportSchema.migrations, permissions: ConnectPermissions.declarations,
            events: [
                "connect.import.applied", "connect.import.undone", "connect.table.published", "connect.table.withdrawn",
            ],
            jobs: { _ in [resumeJob(service)] },
            contributions: { ports in contributions(service, ports) },
            routes: { table, ports in
                let pages = ImportPages(service: service, ports: ports)
                for route in pages.routes { table.add(route) }
            })
    }

    /// What the engine stores: for commands that open the databases without the modules.
    public static var migrations: [Migration] { ImportSchema.migrations }

    private static func resumeJob(_ service: ImportService) -> JobType {
        JobType("connect.resume", "Goes on with imports that were cut off.") { context, _ in
            _ = try await service.resume(context)
        }
    }

    private static func contributions(_ service: ImportService, _ ports: Ports) -> [Contribution] {
        let labels = service.catalogue.entityLabels
        return [
            .entityLabels { type in labels[type] },
            .navigation(order: 60, label: "connect.navigation", path: "/imports"),
            .townPanel(order: 50) { call, municipality in
                try await TownDataSets(service: service, pages: ports.pages).panel(call, municipality)
            },
            .search(title: "connect.search.title") { call, words, limit in
                try await TableSearch(database: service.databases.datastore).find(call.context, words, limit: limit)
            },
        ]
    }
}
