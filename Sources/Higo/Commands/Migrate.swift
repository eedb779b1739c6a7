import ArgumentParser
import Platform

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to the newest schema.",
        discussion: "The embedded database is migrated by 'serve' itself; PostgreSQL is migrated by this command alone."
    )

    @OptionGroup var options: DataOptions

    func run() async throws {
        let settings = try options.settings()
        LogOutput.start(settings.log)
        let pending = try await LiveParts.migrate(settings)
        print(pending.isEmpty ? "Nothing to do: the schema is up to date." : pending.joined(separator: "\n"))
    }
}
