import Logging

/// Brings a database to the newest schema, forward only, one transaction a migration.
package struct Migrator: Sendable {
    package var sets: [MigrationSet]

    /// The system's own tables come before the modules'.
    package init(_ sets: [MigrationSet]) { self.sets = [.system] + sets }

    /// What has not run yet, in order.
    package func pending(
        in database: any Database, _ context: OperationContext
    ) async throws(Refusal) -> [(module: String, migration: Migration)] {
        let wanted = sets.flatMap { set in
            set.migrations.filter { $0.database.includes(database.id) }.map { (module: set.module, migration: $0) }
        }
        try Self.refuseDuplicates(wanted.map { "\($0.module)/\($0.migration.name)" })
        let done = try await database.query(context) { reader throws(Refusal) in
            guard try reader.hasMigrationRecord() else { return Set<String>() }
            let rows = try reader.rows("SELECT module, name FROM migrations")
            let names = Set(rows.map { "\($0.text("module"))/\($0.text("name"))" })
            if names.contains(Self.unfinishedRestore.joined(separator: "/")) {
                throw Refusal(
                    .unavailable, "A restore into this database did not end. Remove the database and restore again.")
            }
            return names
        }
        return wanted.filter { !done.contains("\($0.module)/\($0.migration.name)") }
    }

    /// The row of `migrations` that is there while a restore runs.
    package static let unfinishedRestore = ["storage", "restore-unfinished"]

    package func migrate(_ database: any Database, _ context: OperationContext) async throws(Refusal) {
        let pending = try await pending(in: database, context)
        if pending.isEmpty { return }
        try await database.write(context) { transaction throws(Refusal) in
            for statement in Self.bootstrap(transaction.dialect) { try transaction.execute(statement) }
        }
        try await run(pending, database, context)
    }

    /// Migrates a database that holds nothing yet and marks it as one whose restore has not ended, before the first
    /// migration and in the transaction that makes the record of migrations: there is no moment at which the database
    /// could be taken for a whole one.
    package func begin(restoreOf database: any Database, _ context: OperationContext) async throws(Refusal) {
        let pending = try await pending(in: database, context)
        try await database.write(context) { transaction throws(Refusal) in
            for statement in Self.bootstrap(transaction.dialect) { try transaction.execute(statement) }
            try transaction.execute(
                "INSERT INTO migrations (module, name, time) VALUES (?, ?, 0)",
                Self.unfinishedRestore.map { .text($0) })
        }
        try await run(pending, database, context)
    }

    private func run(
        _ pending: [(module: String, migration: Migration)], _ database: any Database, _ context: OperationContext
    ) async throws(Refusal) {
        for (module, migration) in pending {
            try await database.write(context) { transaction throws(Refusal) in
                for step in migration.steps { try transaction.take(step) }
                try transaction.execute(
                    "INSERT INTO migrations (module, name, time) VALUES (?, ?, ?)",
                    [.text(module), .text(migration.name), .instant(transaction.context.now)])
            }
            context.logger.debug("migrated", metadata: ["module": "\(module)", "migration": "\(migration.name)"])
        }
    }

    private static func refuseDuplicates(_ names: [String]) throws(Refusal) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw Refusal(.storage, "Two migrations are named '\(name)'; name each 'NNNN-name', once in its module.")
        }
    }

    /// The record of what has run, and SQLite's sequences, must be there before the first migration.
    private static func bootstrap(_ dialect: Dialect) -> [String] {
        let instant = dialect == .sqlite ? "INTEGER" : "bigint"
        return [
            """
            CREATE TABLE IF NOT EXISTS migrations (
                module TEXT NOT NULL, name TEXT NOT NULL, time \(instant) NOT NULL, PRIMARY KEY (module, name))
            """,
            """
            CREATE TABLE IF NOT EXISTS sequences (name TEXT NOT NULL PRIMARY KEY, reserved \(instant) NOT NULL)
            """,
        ]
    }
}

extension Migration.Target {
    /// Whether a migration with this target runs in that database.
    package func includes(_ database: DatabaseID) -> Bool {
        switch (self, database) {
        case (.every, _), (.main, .main), (.datastore, .datastore), (.vault, .vault): true
        default: false
        }
    }
}

extension Transaction {
    /// Takes one step of a schema, for tables that come and go with data (the datastore's). Modules' own tables are
    /// made by migrations.
    public func apply(_ step: Migration.Step) throws(Refusal) {
        try take(step)
        if case .dropTable(let name) = step {
            try execute("DELETE FROM made_steps WHERE name = ?", [.text(name)])
        } else {
            try execute(
                "INSERT INTO made_steps (name, step) VALUES (?, ?)", [.text(step.name), .bytes(step.encoded())])
        }
    }

    /// Takes a step without noting it: migrations are noted themselves.
    package func take(_ step: Migration.Step) throws(Refusal) {
        for statement in SchemaSQL(dialect).statements(for: step) { try execute(statement) }
    }
}
