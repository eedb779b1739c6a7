import Connect
import Entities
import Foundation
import Logging
import Platform
import PostgreSQLStorage
import SQLiteStorage
import Storage
import Web

/// Everything live, put together once: databases, platform, entity store, pages, modules.
struct LiveParts: Sendable {
    let settings: Settings
    let databases: any Databases
    let platform: PlatformServices
    let imports: ImportService
    let modules: [Module]
    let ports: Ports
    let clock: any WallClock
    let logger: Logger

    /// Opens the databases, brings the embedded one up to date, seeds tenants, and asks the modules what they bring.
    static func open(
        _ settings: Settings, migrates: Bool, clock: any WallClock = SystemClock()
    ) async throws -> LiveParts {
        let dataFolder = try DataFolder.find()
        let databases = try openDatabases(settings)
        do {
            let entities = EntityStore(database: databases.main)
            let imports = try ImportService(
                databases: databases, entities: entities, dataFolder: dataFolder, limits: ImportLimits(settings.imports)
            )
            let modules = try Modules.all(imports: imports, dataFolder: dataFolder)
            let sets = migrationSets(modules)
            if migrates { try await databases.migrate(sets) } else { try await requireMigrated(databases, sets) }
            return try await assemble(settings, databases, entities, imports, modules, dataFolder, clock)
        } catch {
            await databases.close()
            throw error
        }
    }

    /// Runs what has not run yet; the names of the steps.
    static func migrate(_ settings: Settings) async throws -> [String] {
        let dataFolder = try DataFolder.find()
        let databases = try openDatabases(settings)
        let imports = try ImportService(
            databases: databases, entities: EntityStore(database: databases.main), dataFolder: dataFolder)
        let sets = migrationSets(try Modules.all(imports: imports, dataFolder: dataFolder))
        let pending = try await databases.pendingMigrations(sets)
        try await databases.migrate(sets)
        await databases.close()
        return pending
    }

    /// Reads an archive of `higo backup` into databases that hold nothing yet.
    static func restore(
        _ settings: Settings, from path: String, clock: any WallClock = SystemClock()
    ) async throws -> Int {
        let dataFolder = try DataFolder.find()
        let databases = try openDatabases(settings)
        do {
            let imports = try ImportService(
                databases: databases, entities: EntityStore(database: databases.main), dataFolder: dataFolder)
            let sets = migrationSets(try Modules.all(imports: imports, dataFolder: dataFolder))
            let context = OperationContext.system("restore", clock: clock, logger: Logger(label: "higo"))
            let rows = try await Storage.Restore(databases, sets).read(context, from: path)
            await databases.close()
            return rows
        } catch {
            await databases.close()
            throw error
        }
    }

    static func openDatabases(_ settings: Settings) throws -> any Databases {
        let database = settings.database
        let deadlines = QueryDeadlines(request: settings.limits.querySeconds)
        if let url = database.url {
            return try PostgreSQLDatabases(
                url: url.reveal(), folder: database.folder, deadlines: deadlines, connections: database.connections)
        }
        return try SQLiteDatabases(folder: database.folder, deadlines: deadlines, readers: database.readers)
    }

    /// The kernel's schemas, then the modules' in their order.
    static func migrationSets(_ modules: [Module]) -> [MigrationSet] {
        [PlatformSchema.migrations, EntitySchema.migrations]
            + modules.map { MigrationSet(module: $0.id, $0.migrations) }
    }

    static func socketPath(_ settings: Settings) -> String { settings.database.folder + "/higo.sock" }

    func close() async {
        try? await platform.tidy(.system("stop", clock: clock, logger: logger))
        await databases.close()
    }

    private static func requireMigrated(_ databases: any Databases, _ sets: [MigrationSet]) async throws {
        let pending = try await databases.pendingMigrations(sets)
        guard pending.isEmpty else {
            throw Refusal(
                .unavailable, "The schema is not up to date (\(pending.count) steps). Run 'higo migrate' first.")
        }
    }

    private static func assemble(
        _ settings: Settings, _ databases: any Databases, _ entities: EntityStore, _ imports: ImportService,
        _ modules: [Module], _ dataFolder: String, _ clock: any WallClock
    ) async throws -> LiveParts {
        let logger = Logger(label: "higo")
        let platform = PlatformServices(
            database: databases.main, permissions: modules.flatMap(\.permissions),
            lifetime: settings.sessions.lifetime)
        try await platform.start(.system("start", clock: clock, logger: logger), dataFolder: dataFolder)
        var ports = Ports(
            databases: databases, platform: platform, entities: entities,
            pages: try PageKit.load(modules: Modules.resourceTargets), dataFolder: dataFolder)
        ports.processName = ProcessName.current
        ports.notifications = settings.notifications
        return LiveParts(
            settings: settings, databases: databases, platform: platform, imports: imports, modules: modules,
            ports: ports, clock: clock, logger: logger)
    }
}
