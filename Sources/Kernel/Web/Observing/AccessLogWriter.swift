import ServiceLifecycle

/// The one writer of the access log: takes what has gathered four times a second, and the rest at the end.
struct AccessLogWriter: Service {
    let log: AccessLog

    func run() async throws {
        guard let file = log.open() else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(250))
                log.flush(to: file)
            }
        }
        log.flush(to: file)
    }
}
