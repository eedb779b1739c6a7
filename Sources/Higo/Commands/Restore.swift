import ArgumentParser
import Foundation
import Platform
import Storage

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read an archive of 'higo backup' into an empty data folder or PostgreSQL database.",
        discussion: """
            Checks the whole archive first. Also the road from SQLite to PostgreSQL and back: --database names where to.
            The keys and settings of the old folder are not in the archive; copy them yourself.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The archive to read.", completion: .file())
    var archive: String

    func run() async throws {
        let settings = try options.settings()
        LogOutput.start(settings.log, quiet: true)
        let printer = CommandPrinter()
        do {
            let rows = try await LiveParts.restore(settings, from: absolutePath(archive))
            printer.show(.line("Restored \(rows) rows."))
        } catch let refusal as Refusal {
            printer.show(.problem("Refused: \(refusal.detail)"))
            throw ExitCode(1)
        }
    }
}
