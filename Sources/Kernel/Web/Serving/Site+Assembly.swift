import Logging
import Platform
import Storage

/// What a site is put together from.
public struct SiteParts: Sendable {
    public var modules: [Module]
    public var ports: Ports
    public var settings = SiteSettings()
    public var authenticator: any RequestAuthenticator
    /// `nil`: the page kit's.
    public var problemPages: ProblemPages?
    public var assets = AssetStore()
    /// Besides that the databases can be reached, which is always checked.
    public var readiness: [ReadinessCheck] = []
    /// Who those without key and session are; `serve --open` gives them rights.
    public var anonymous = Actor.anonymous
    public var clock: any WallClock = SystemClock()
    public var logger = Logger(label: "higo.web")
    /// Higo's version, for `/openapi.json`.
    public var version = "0.1.0"

    public init(modules: [Module], ports: Ports) {
        self.modules = modules
        self.ports = ports
        authenticator = PlatformAuthenticator(ports.platform.authenticator)
    }
}

extension Site {
    /// The site of these modules: their routes, and those that every site has.
    ///
    /// The page kit learns here where assets are and what the modules contribute; modules get it so in their ports.
    public convenience init(_ parts: SiteParts) throws(RouteTableError) {
        var parts = parts
        parts.ports.site = parts.settings
        let (assets, ports) = (parts.assets, parts.ports)
        parts.ports.pages.assetPath = { name in assets.path(name) }
        parts.ports.pages.contributions = parts.modules.flatMap { $0.contributions(ports) }
        let metrics = Metrics(clock: parts.clock)
        metrics.watch(parts.ports.databases)
        metrics.watch(parts.ports.gauges)
        var table = RouteTable()
        Self.addOwnRoutes(to: &table, parts, metrics)
        for module in parts.modules { module.routes(&table, parts.ports) }
        OpenAPIRoute.add(to: &table, settings: parts.settings, version: parts.version)
        try self.init(
            table: table, settings: parts.settings, authenticator: parts.authenticator,
            problemPages: parts.problemPages ?? ProblemPages(parts.ports.pages), metrics: metrics,
            anonymous: parts.anonymous, clock: parts.clock,
            logger: parts.logger, assets: assets)
    }

    private static func addOwnRoutes(to table: inout RouteTable, _ parts: SiteParts, _ metrics: Metrics) {
        let databases = parts.ports.databases
        let checks = [
            ReadinessCheck.reachable("main", databases.main, clock: parts.clock),
            .reachable("datastore", databases.datastore, clock: parts.clock),
        ]
        HealthRoutes(metrics: metrics, checks: checks + parts.readiness).add(to: &table)
        AssetRoutes(assets: parts.assets).add(to: &table)
        ProblemRoutes(pages: parts.problemPages ?? ProblemPages(parts.ports.pages)).add(to: &table)
    }
}
