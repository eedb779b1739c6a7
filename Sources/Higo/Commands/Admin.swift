import ArgumentParser

struct Admin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Accounts, units, roles, API keys, visibility and the audit.",
        subcommands: [
            AdminUser.self, AdminUnit.self, AdminRole.self, AdminKey.self, AdminVisibility.self, AdminAudit.self,
        ])
}

struct AdminUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Officers' accounts.",
        subcommands: [Create.self, Disable.self, Enable.self, Password.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create an account. The password is read from the terminal or from standard input.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name.") var login: String
        @Option(help: "Name that pages show (default: the sign-in name).") var name: String?
        @Option(help: "6-digit code of the tenant.") var tenant = "430005"
        @Option(help: "administrator, publisher, editor, viewer or auditor.") var role = "viewer"
        @Option(help: "Id of the unit (部・課) for which the role is held.") var unit: String?

        func run() async throws {
            let password = try PasswordPrompt.readNew()
            try await CommandDispatcher(options: options).run(
                .createUser(
                    login: login, name: name ?? login, tenant: tenant, role: role, unit: unit, password: password))
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Disable an account and end its sessions.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name.") var login: String

        func run() async throws { try await CommandDispatcher(options: options).run(.disableUser(login: login)) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Enable a disabled account again.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name.") var login: String

        func run() async throws { try await CommandDispatcher(options: options).run(.enableUser(login: login)) }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set a new password and end the account's sessions.")

        @OptionGroup var options: DataOptions
        @Argument(help: "Sign-in name.") var login: String

        func run() async throws {
            let password = try PasswordPrompt.readNew()
            try await CommandDispatcher(options: options).run(.setPassword(login: login, password: password))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List accounts.")

        @OptionGroup var options: DataOptions
        @Option(help: "Only of this tenant.") var tenant: String?

        func run() async throws { try await CommandDispatcher(options: options).run(.listUsers(tenant: tenant)) }
    }
}

struct AdminKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "API keys for machines.", subcommands: [Create.self, Revoke.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a key. It is printed once, alone on the last line.")

        @OptionGroup var options: DataOptions
        @Option(help: "6-digit code or slug of the tenant.") var tenant: String
        @Option(help: "What the key is for.") var name: String
        @Option(parsing: .upToNextOption, help: "Permissions, such as context.entity.write.") var permission: [String]
        @Option(help: "Days until it ends (default: never).") var days: Int?

        func run() async throws {
            try await CommandDispatcher(options: options)
                .run(.createKey(tenant: tenant, name: name, permissions: permission, days: days))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key at once.")

        @OptionGroup var options: DataOptions
        @Argument(help: "The key's id, as 'list' shows it.") var id: String

        func run() async throws { try await CommandDispatcher(options: options).run(.revokeKey(id: id)) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List keys; never the keys themselves.")

        @OptionGroup var options: DataOptions
        @Option(help: "Only of this tenant.") var tenant: String?

        func run() async throws { try await CommandDispatcher(options: options).run(.listKeys(tenant: tenant)) }
    }
}

struct AdminAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit chain.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the chain and its signed checkpoints; says up to when it is whole.")

        @OptionGroup var options: DataOptions

        func run() async throws { try await CommandDispatcher(options: options).run(.verifyAudit) }
    }
}
