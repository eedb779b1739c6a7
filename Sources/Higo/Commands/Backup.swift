import ArgumentParser

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write everything into one archive that names no database.",
        discussion: "Works while a server runs. 'higo restore' reads it into SQLite or PostgreSQL.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The archive to write; must not exist.", completion: .file())
    var archive: String

    func run() async throws {
        try await CommandDispatcher(options: options).run(.backup(path: absolutePath(archive)))
    }
}
