import ArgumentParser

struct AdminUnit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "Units (部・課) of a tenant.",
        subcommands: [Create.self, Close.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a unit under its parent, or at the top.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Id in the tenant: a-z, 0-9 and '-'.") var id: String
        @Option(help: "6-digit code of the tenant.") var tenant = "430005"
        @Option(help: "Name, such as 情報政策課.") var name: String
        @Option(help: "Reading of the name.") var kana: String?
        @Option(help: "Id of the unit above.") var parent: String?

        func run() async throws {
            try await CommandDispatcher(options: options)
                .run(.createUnit(tenant: tenant, id: id, name: name, kana: kana, parent: parent))
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a unit's term now. Roles held for it stay on record.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Id of the unit.") var id: String
        @Option(help: "6-digit code of the tenant.") var tenant = "430005"

        func run() async throws {
            try await CommandDispatcher(options: options).run(.closeUnit(tenant: tenant, id: id))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the tree of units.")

        @OptionGroup var options: DataOptions
        @Option(help: "6-digit code of the tenant.") var tenant = "430005"

        func run() async throws { try await CommandDispatcher(options: options).run(.listUnits(tenant: tenant)) }
    }
}
