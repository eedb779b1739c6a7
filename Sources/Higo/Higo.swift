import ArgumentParser

/// The program: one server and the commands that look after its data.
@main
struct Higo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "higo",
        abstract: "A city OS: links a prefecture's and its municipalities' data and runs their services.",
        discussion: """
            Start it with 'higo serve'; it makes an embedded database in the data folder and listens on 127.0.0.1:8080.
            Link files with 'higo import FILE…', also while the server runs.

            Every setting can be given as a flag, as an environment variable HIGO_… or in higo.yaml in the data
            folder, in that order; 'higo settings' lists them all.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, Migrate.self, Import.self, Validate.self, Undo.self, Backup.self, Restore.self, Admin.self,
            ShowSettings.self,
        ])
}
