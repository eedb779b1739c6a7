import Entities
import Foundation
import Logging
import Platform
import Storage
import Web

/// Makes a site of `modules` on fresh databases and takes it down after `body`.
///
/// - Parameters:
///   - resources: names of the targets whose words, templates and assets the pages need, such as `["Web", "Plan"]`;
///     empty: keys stand for texts.
///   - dataFolder: the folder `data/`; the package's own unless said otherwise.
///   - change: changes what the site is put together from.
public func withTestSite<T>(
    _ modules: [Module] = [], on kind: TestDatabase.Kind = .standard, resources: [String] = [],
    dataFolder: String = TestSite.dataFolder, clock: TestClock = TestClock(Instant(seconds: 1_775_001_600)),
    change: (inout SiteParts) -> Void = { _ in }, _ body: (TestSite) async throws -> T
) async throws -> T {
    let migrations = TestSite.kernelMigrations + modules.map { MigrationSet(module: $0.id, $0.migrations) }
    return try await withDatabases(kind, migrations) { databases in
        let platform = PlatformServices(database: databases.main, permissions: modules.flatMap(\.permissions))
        try await platform.start(.system("start", clock: clock), dataFolder: dataFolder)
        let ports = Ports(
            databases: databases, platform: platform, entities: EntityStore(database: databases.main),
            pages: resources.isEmpty ? PageKit() : try PageKit.load(modules: resources), dataFolder: dataFolder)
        var parts = SiteParts(modules: modules, ports: ports)
        let authenticator = PersonaAuthenticator(
            platform: PlatformAuthenticator(platform.authenticator, clock: clock))
        parts.authenticator = authenticator
        parts.clock = clock
        parts.settings.accessLog = .off
        parts.logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        if resources.isEmpty { parts.problemPages = .plain }
        change(&parts)
        let site = try Site(parts)
        return try await body(TestSite(site: site, ports: ports, clock: clock, authenticator: authenticator))
    }
}

extension TestSite {
    static let kernelMigrations = [PlatformSchema.migrations, EntitySchema.migrations]

    /// `data/` at the package's root, from which tests are run.
    public static let dataFolder = FileManager.default.currentDirectoryPath + "/data"
}
