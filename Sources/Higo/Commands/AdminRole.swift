import ArgumentParser

struct AdminRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Roles of accounts, and their deputies.",
        subcommands: [Grant.self, End.self, List.self, NameDeputy.self, EndDeputy.self])

    /// From when until when a role or a deputy holds.
    struct TermOptions: ParsableArguments {
        @Option(help: "Start, such as 2027-04-01T00:00:00+09:00 (default: now).") var from: String?
        @Option(help: "End, in the same form (default: without end).") var until: String?
    }

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account a role in its tenant or in a unit.")

        @OptionGroup var options: DataOptions
        @OptionGroup var term: TermOptions
        @Argument(help: "Sign-in name.") var login: String
        @Argument(help: "administrator, publisher, editor, viewer or auditor.") var role: String
        @Option(help: "Id of the unit for which the role is held.") var unit: String?

        func run() async throws {
            try await CommandDispatcher(options: options)
                .run(.grantRole(login: login, role: role, unit: unit, from: term.from, until: term.until))
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a role now.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name of the holder.") var login: String
        @Argument(help: "Id of the role's assignment, as 'list' shows it.") var assignment: String

        func run() async throws {
            try await CommandDispatcher(options: options).run(.endRole(login: login, assignment: assignment))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the roles of an account with their terms.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name.") var login: String

        func run() async throws { try await CommandDispatcher(options: options).run(.listRoles(login: login)) }
    }

    struct NameDeputy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "deputy", abstract: "Let another account hold a role for a while.")

        @OptionGroup var options: DataOptions
        @OptionGroup var term: TermOptions
        @Argument(help: "Sign-in name of the holder.") var login: String
        @Argument(help: "Id of the role's assignment, as 'list' shows it.") var assignment: String
        @Argument(help: "Sign-in name of the deputy.") var deputy: String

        func run() async throws {
            try await CommandDispatcher(options: options).run(
                .nameDeputy(
                    assignment: assignment, holder: login, deputy: deputy, from: term.from, until: term.until))
        }
    }

    struct EndDeputy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-deputy", abstract: "End a deputy's term now.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Id that 'deputy' printed.") var id: String
        @Option(help: "6-digit code of the tenant.") var tenant = "430005"

        func run() async throws {
            try await CommandDispatcher(options: options).run(.endDeputy(tenant: tenant, id: id))
        }
    }
}
