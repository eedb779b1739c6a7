import Connect
import Foundation
import Platform
import Storage

extension CommandRunner {
    /// Links files one after the other; 1 if one of them was refused.
    func link(
        _ files: [String], tenant: String?, model: String?, _ emit: @escaping @Sendable (CommandEvent) async -> Void
    ) async throws -> Int32 {
        var options = ImportOptions(model: model)
        if let tenant { options.tenant = try parts.platform.tenants.current.require(TenantID(tenant)).id }
        var isRefused = false
        for file in files {
            let report = try await withProgress(emit) { observer in
                try await parts.imports.importFile(context, path: file, options: options, observer: observer)
            }
            isRefused = isRefused || report.state == .refused
            await emit(ReportLines.event(report))
        }
        try await parts.foldAll(context)
        return isRefused ? 1 : 0
    }
}

/// Runs work whose observer must not wait, and sends what it tells in order.
func withProgress<T: Sendable>(
    _ emit: @escaping @Sendable (CommandEvent) async -> Void, _ work: (@escaping ImportObserver) async throws -> T
) async throws -> T {
    let (events, sender) = AsyncStream.makeStream(of: CommandEvent.self, bufferingPolicy: .bufferingNewest(16))
    let forwarding = Task { for await event in events { await emit(event) } }
    let result: Result<T, any Error>
    do {
        result = .success(
            try await work { progress in
                sender.yield(
                    .progress(
                        label: "\(progress.file) (\(progress.stage.rawValue))", done: progress.rowsDone,
                        total: progress.rowsTotal ?? 0))
            })
    } catch { result = .failure(error) }
    sender.finish()
    await forwarding.value
    return try result.get()
}
