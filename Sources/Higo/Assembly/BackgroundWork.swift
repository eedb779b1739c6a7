import Logging
import Platform
import ServiceLifecycle
import Storage

/// What runs beside the server: looking for changes of other processes, and tidying.
struct BackgroundWork {
    let parts: LiveParts

    var services: [any Service] {
        [
            every(seconds: 1, "platform.look") { context in try await parts.platform.look(context) },
            every(seconds: 30, "platform.tidy") { context in try await parts.platform.tidy(context) },
        ]
    }

    private func every(
        seconds: Int, _ name: String, _ work: @escaping @Sendable (OperationContext) async throws -> Void
    ) -> any Service {
        Reconciler(
            seconds: seconds, context: .system(name, clock: parts.clock, logger: parts.logger), work: work)
    }
}

/// Runs one piece of work again and again until the stop; a failure is logged and tried at the next turn.
struct Reconciler: Service {
    let seconds: Int
    let context: OperationContext
    let work: @Sendable (OperationContext) async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await work(context) } catch {
                    context.logger.warning("\(context.purpose) failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(seconds))
            }
        }
    }
}
