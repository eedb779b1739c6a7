import Entities
import Platform
import Storage

/// One engine, domain or the portal: everything that the rest of Higo may know of it.
public struct Module: Sendable {
    /// `catalogue`: prefix of its tables, events, permissions and words.
    public var id: String
    public var migrations: [Migration]
    public var permissions: [PermissionDeclaration]
    public var events: [EventType]
    public var auditActions: [AuditAction]
    public var jobs: @Sendable (Ports) -> [JobType]
    public var consumers: @Sendable (Ports) -> [Consumer]
    /// What runs beside answering with a loop of its own.
    public var longRunning: @Sendable (Ports) -> [any LongRunning]
    public var indicators: [Indicator]
    public var contributions: @Sendable (Ports) -> [Contribution]
    public var routes: @Sendable (inout RouteTable, Ports) -> Void

    public init(
        id: String, migrations: [Migration] = [], permissions: [PermissionDeclaration] = [], events: [EventType] = [],
        auditActions: [AuditAction] = [], indicators: [Indicator] = [],
        jobs: @escaping @Sendable (Ports) -> [JobType] = { _ in [] },
        consumers: @escaping @Sendable (Ports) -> [Consumer] = { _ in [] },
        longRunning: @escaping @Sendable (Ports) -> [any LongRunning] = { _ in [] },
        contributions: @escaping @Sendable (Ports) -> [Contribution] = { _ in [] },
        routes: @escaping @Sendable (inout RouteTable, Ports) -> Void = { _, _ in }
    ) {
        self.id = id
        self.migrations = migrations
        self.permissions = permissions
        self.events = events
        self.auditActions = auditActions
        self.indicators = indicators
        self.jobs = jobs
        self.consumers = consumers
        self.longRunning = longRunning
        self.contributions = contributions
        self.routes = routes
    }
}

/// The live parts that a module gets, put together in `Higo` alone.
public struct Ports: Sendable {
    public var databases: any Databases
    /// Tenants, accounts, sessions and permissions.
    public var platform: PlatformServices
    public var entities: EntityStore
    public var pages: PageKit
    /// The folder `data/` that travels with Higo.
    public var dataFolder: String
    /// What the site needs to know of itself, such as how it sets cookies.
    public var site = SiteSettings()
    /// Names this process among those that share the databases.
    public var processName = "higo"
    /// Whom notifications may be sent to, and how.
    public var notifications = NotificationSettings()
    /// Where modules tell figures for `/metrics`.
    public var gauges = Gauges()

    public init(
        databases: any Databases, platform: PlatformServices, entities: EntityStore, pages: PageKit, dataFolder: String
    ) {
        self.databases = databases
        self.platform = platform
        self.entities = entities
        self.pages = pages
        self.dataFolder = dataFolder
    }
}

/// What a module gives to pages that span engines. Drawn by Portal, which knows no module.
public enum Contribution: Sendable {
    /// Finds things for the one search box: at most `limit` for the words.
    case search(title: WordKey, @Sendable (Call, _ words: String, _ limit: Int) async throws -> SearchGroup)
    /// A panel on a municipality's page; `nil`: nothing to show.
    case townPanel(order: Int, @Sendable (Call, _ municipality: String) async throws -> Panel?)
    /// Figures or a map on the home page.
    case homePanel(order: Int, @Sendable (Call) async throws -> Panel?)
    /// A map on an entity type's page, from the module that draws maps; `nil`: nothing to draw.
    case typeMap(@Sendable (Call, _ type: String) async throws -> HTML?)
    /// The map of the 45 municipalities with a value each, from the module that draws maps; `nil`: nothing to draw.
    case townsMap(@Sendable (Call, TownValues) async throws -> HTML?)
    /// What people call an entity type and its attributes; `nil`: not known here.
    case entityLabels(@Sendable (_ type: String) -> EntityLabels?)
    /// An entry of the main navigation.
    case navigation(order: Int, label: WordKey, path: String)
    /// An entry of `/manage`, for people who hold the permission.
    case manage(order: Int, label: WordKey, path: String, Permission)
}

/// A part of a page that another module draws: a heading, HTML, and the same facts as JSON.
public struct Panel: Sendable {
    public var id: String
    public var title: Phrase
    public var html: HTML
    public var facts: JSONFacts

    public init(id: String, title: Phrase, html: HTML, facts: JSONFacts) {
        self.id = id
        self.title = title
        self.html = html
        self.facts = facts
    }
}

/// What one module found.
public struct SearchGroup: Sendable {
    public struct Hit: Sendable {
        public var title: String
        /// The place where the words stand, shortened.
        public var excerpt: String
        public var path: String

        public init(title: String, excerpt: String, path: String) {
            self.title = title
            self.excerpt = excerpt
            self.path = path
        }
    }

    public var hits: [Hit]
    public var total: Int
    /// A page with all of them.
    public var morePath: String?

    public init(hits: [Hit], total: Int, morePath: String? = nil) {
        self.hits = hits
        self.total = total
        self.morePath = morePath
    }
}
