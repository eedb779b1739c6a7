import ArgumentParser
import Foundation
import Logging
import Platform
import ServiceLifecycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the APIs.",
        discussion: """
            Makes or updates the embedded database, resumes imports that were cut off, links what --link lists and is
            new, and then listens. Stop it with Ctrl-C: it finishes what it took.
            On PostgreSQL the schema must be up to date: run 'higo migrate' first.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "Address to listen on (default 127.0.0.1).")
    var host: String?

    @Option(help: "Port to listen on; 0 takes a free one (default 8080).")
    var port: Int?

    @Flag(name: .customLong("open"), help: "Give clients without a key all rights in the broker. Loopback only.")
    var isOpen = false

    @Option(
        help: ArgumentHelp(
            "Link the files of a list in data/sources, such as kumamoto, before listening.", valueName: "list"))
    var link: String?

    @Option(
        help: ArgumentHelp(
            "Run with a clock that starts at this time, for scenarios. Loopback only.", visibility: .hidden))
    var testClock: String?

    func run() async throws {
        var flags: [String: String] = [:]
        if let host { flags["server.host"] = host }
        if let port { flags["server.port"] = String(port) }
        if isOpen { flags["server.open"] = "true" }
        let settings = try options.settings(flags)
        LogOutput.start(settings.log)
        let parts = try await LiveParts.open(settings, migrates: settings.database.url == nil)
        do {
            try await Server(parts: parts, link: link).run()
            await parts.close()
        } catch {
            await parts.close()
            throw error
        }
    }
}
