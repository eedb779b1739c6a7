import ArgumentParser
import Foundation
import Platform

/// Runs a command where the data are: in the server that holds the folder, else here.
struct CommandDispatcher {
    let options: DataOptions

    func run(_ command: Command) async throws {
        let settings = try options.settings()
        LogOutput.start(settings.log, quiet: true)
        let printer = CommandPrinter()
        let emit: @Sendable (CommandEvent) async -> Void = { printer.show($0) }
        var status = try await handOver(command, settings, emit)
        if status == nil { status = try await runHere(command, settings, emit) }
        printer.show(.finished(status ?? 1))
        if let status, status != 0 { throw ExitCode(status) }
    }

    /// Only the embedded database has one writing process; PostgreSQL takes any number.
    private func handOver(
        _ command: Command, _ settings: Settings, _ emit: @escaping @Sendable (CommandEvent) async -> Void
    ) async throws -> Int32? {
        guard settings.database.url == nil else { return nil }
        return try await HandOverClient.run(command, socket: LiveParts.socketPath(settings), emit: emit)
    }

    private func runHere(
        _ command: Command, _ settings: Settings, _ emit: @escaping @Sendable (CommandEvent) async -> Void
    ) async throws -> Int32 {
        let parts = try await LiveParts.open(settings, migrates: settings.database.url == nil)
        let status = await CommandRunner(parts: parts).run(command, emit)
        await parts.close()
        return status
    }
}
