import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The site on a socket.
public struct HigoServer: Service {
    private let site: Site
    private let onRunning: @Sendable (_ port: Int) async -> Void
    private let logger: Logger

    /// - Parameter onRunning: called once the server listens, with the port it got.
    public init(
        site: Site, logger: Logger = Logger(label: "higo.web"),
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.site = site
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until the service group stops it: then no more connections are taken, and what was taken is finished.
    public func run() async throws {
        let settings = site.settings
        let configuration = ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            serverName: nil, backlog: 1_024, reuseAddress: true,
            availableConnectionsDelegate: MaximumAvailableConnections(settings.maximumConnections, logger: logger))
        let application = Application(
            responder: SiteResponder(site: site), server: Self.channel(settings), configuration: configuration,
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        // Beside the start, which must not wait for it: assets asked for earlier are compressed when they are asked for.
        let assets = site.assets
        let compression = Task.detached(priority: .background) { assets.compressAll() }
        defer { compression.cancel() }
        try await application.run()
    }

    private static func channel(_ settings: SiteSettings) -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestDeadline(seconds: settings.requestSeconds)],
                idleTimeout: .nanoseconds(Int64(settings.idleSeconds * 1e9)),
                // Above our own limit, so that we refuse with 431 where the parser would only close the connection.
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: settings.maximumHeaderBytes * 8,
                    maxHeaderListSize: settings.maximumHeaderBytes * 16, maxHeaderFieldCount: 1_000)))
    }

    /// Runs the site and what belongs to it until SIGTERM or SIGINT, or until one of the services fails.
    ///
    /// Services stop in reverse order: the server first, then `services` from the last to the first. What takes longer
    /// than `SiteSettings.shutdownSeconds` is cut off.
    public func runUntilSignal(with services: [any Service] = []) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services + [AccessLogWriter(log: site.accessLog), self],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(site.settings.shutdownSeconds)
        try await ServiceGroup(configuration: configuration).run()
    }
}
