import ArgumentParser

struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take an import back: what it made is removed, what it changed gets its former content.",
        discussion: """
            The id stands in the address of the import's page, /imports/ID. Refused if a later import changed what this one
            made (undo that one first), and for measured values. Works while a server runs on the same data folder.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The import's id.")
    var id: String

    func run() async throws { try await CommandDispatcher(options: options).run(.undoImport(id: id)) }
}
