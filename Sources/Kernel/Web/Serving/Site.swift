import HTTPTypes
import Logging
import Storage
import Synchronization

/// All routes of Higo behind one door: a whole request goes in, a whole answer comes out. Knows no sockets.
///
/// Everything that each request needs — id, authentication, limits, metrics, access line, refusals, conditional
/// answers, compression — happens in this one place, since layers of middleware cost more than they do.
public final class Site: Sendable {
    public let settings: SiteSettings
    public let table: RouteTable
    public let metrics: Metrics
    public let accessLog: AccessLog
    public let assets: AssetStore
    let matcher: RouteMatcher
    let authenticator: any RequestAuthenticator
    let problemPages: ProblemPages
    let security: SecurityHeaders
    let protection: FormProtection
    let budget: QueryBudget?
    let anonymous: Actor
    let clock: any WallClock
    let logger: Logger
    private let requestIDs = RequestIDs()

    /// - Parameter anonymous: who those without key and session are; `serve --open` gives them rights.
    public init(
        table: RouteTable, settings: SiteSettings = SiteSettings(),
        authenticator: any RequestAuthenticator = NobodyAuthenticator(), problemPages: ProblemPages = .plain,
        metrics: Metrics, anonymous: Actor = .anonymous, clock: any WallClock = SystemClock(),
        logger: Logger = Logger(label: "higo.web"), assets: AssetStore = AssetStore()
    ) throws(RouteTableError) {
        self.settings = settings
        self.table = table
        self.authenticator = authenticator
        self.problemPages = problemPages
        self.metrics = metrics
        self.anonymous = anonymous
        self.clock = clock
        self.logger = logger
        self.assets = assets
        matcher = try RouteMatcher(table.routes)
        security = SecurityHeaders(settings)
        protection = FormProtection(publicOrigin: settings.publicOrigin)
        budget = QueryBudget(perMinute: settings.queriesPerMinute)
        accessLog = AccessLog(settings.accessLog)
        metrics.watch(matcher.places.flatMap(\.entries).map(\.meter))
    }

    /// Answers a request. Never throws: whatever goes wrong becomes problem details or a page about them.
    public func answer(_ request: SiteRequest) async -> Answer {
        let start = monotonicNanoseconds()
        metrics.inFlight.add(1)
        var visit = begin(request)
        var answer: Answer
        do {
            answer = try await handle(&visit)
        } catch {
            answer = refuse(error, visit)
        }
        complete(&answer, visit)
        metrics.inFlight.add(-1)
        record(&answer, visit, start)
        return answer
    }

    private func begin(_ request: SiteRequest) -> Visit {
        let fields = RequestFields(request.headers)
        let context = OperationContext(
            actor: anonymous, tenant: anonymous.tenant ?? .prefecture, purpose: "",
            requestID: requestIDs.id(chosen: fields.requestID), clock: clock, logger: logger)
        var call = Call(
            method: request.method, path: "", headers: request.headers, context: context,
            language: .chosen(
                query: nil, cookie: fields.cookie(CookieName.language), acceptLanguage: fields.acceptLanguage),
            theme: fields.cookie(CookieName.theme).flatMap(Theme.init(rawValue:)) ?? .system)
        call.client = request.client
        return Visit(request: request, fields: fields, call: call)
    }
}
