import ArgumentParser

struct AdminVisibility: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visibility", abstract: "Who sees the entities of a type and owner in a space.",
        subcommands: [Set.self, Remove.self, List.self])

    /// What a rule is about.
    struct Place: ParsableArguments {
        @Option(help: "Space (what NGSI calls tenant).") var space = "area"
        @Option(help: "Type of the entities.") var type: String
        @Option(help: "6-digit code or slug of the tenant that owns them.") var owner: String
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set it for new entities at once, and for those that are there by a job.")

        @OptionGroup var options: DataOptions
        @OptionGroup var place: Place
        @Argument(help: "public, bodies (any signed-in officer) or tenant.") var visibility: String

        func run() async throws {
            try await CommandDispatcher(options: options).run(
                .setVisibility(
                    space: place.space, type: place.type, owner: place.owner, visibility: visibility))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a rule away: new entities get what their source says; what is there stays as it is.")

        @OptionGroup var options: DataOptions
        @OptionGroup var place: Place

        func run() async throws {
            try await CommandDispatcher(options: options).run(
                .setVisibility(space: place.space, type: place.type, owner: place.owner, visibility: nil))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the rules.")

        @OptionGroup var options: DataOptions
        @Option(help: "Only of this space.") var space: String?

        func run() async throws { try await CommandDispatcher(options: options).run(.listVisibility(space: space)) }
    }
}
