import ArgumentParser
import Connect
import Platform

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Link files: entities, histories and tables out of CSV, GeoJSON and GTFS.",
        discussion: """
            A file is checked whole before its first row is applied, applied in chunks, and resumed after a crash. Rows
            that cannot be read are kept aside with the reason. Linking the same file twice changes nothing.
            Works while a server runs on the same data folder: the server does it and shows the result at once.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @Option(
        help: "6-digit code of the municipality or prefecture that owns the data (default: from the file, else 430005)."
    )
    var tenant: String?

    @Option(help: "Name of the model, when it should not be guessed from the header.")
    var model: String?

    @Flag(help: "Check and report only; nothing is written.")
    var dryRun = false

    func run() async throws {
        if dryRun {
            let printer = CommandPrinter()
            let limits = ImportLimits(try options.settings().imports)
            let status = try await FileValidation(tenant: tenant, model: model, limits: limits).run(files) {
                printer.show($0)
            }
            if status != 0 { throw ExitCode(status) }
            return
        }
        try await CommandDispatcher(options: options)
            .run(.importFiles(files: files.map(absolutePath), tenant: tenant, model: model))
    }
}

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report what 'import' would link, correct and refuse. Needs no database.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @Option(help: "6-digit code of the owner.")
    var tenant: String?

    @Option(help: "Name of the model, when it should not be guessed from the header.")
    var model: String?

    func run() async throws {
        let printer = CommandPrinter()
        let limits = ImportLimits(try options.settings().imports)
        let status = try await FileValidation(tenant: tenant, model: model, limits: limits).run(files) {
            printer.show($0)
        }
        if status != 0 { throw ExitCode(status) }
    }
}
