import JSON

/// The first line of an archive: what it is, when it was begun, and which migrations made its databases.
struct ArchiveHeader: Sendable, Hashable {
    static let version = 1
    var created: Instant
    /// Names `module/NNNN-name` by the archive's name of the database.
    var migrations: [String: [String]]

    init(created: Instant, migrations: [String: [String]]) {
        self.created = created
        self.migrations = migrations
    }

    init(line: ArraySlice<UInt8>, path: String) throws(Refusal) {
        guard let json = try? JSON(parsing: Array(line)), let version = json["higo-archive"]?.intValue,
            let created = json["created"]?.intValue, let databases = json["migrations"]?.objectValue
        else { throw .noArchive(path) }
        guard version == Self.version else {
            throw Refusal(
                .invalid, "The archive '\(path)' has the format \(version), and this program reads \(Self.version).")
        }
        self.created = Instant(microseconds: Int64(created))
        migrations = [:]
        for database in databases {
            migrations[database.name] = (database.value.arrayValue ?? []).compactMap(\.stringValue)
        }
    }

    var json: JSON {
        var databases: JSON = [:]
        for (name, names) in migrations.sorted(by: { $0.key < $1.key }) {
            databases[name] = .array(names.map { .string($0) })
        }
        return [
            "higo-archive": JSON(Self.version), "created": .int(created.microseconds), "migrations": databases,
        ]
    }

    /// Of `sets`, what had run in the archive's databases. Refuses with `invalid` if this program lacks one of them.
    func migrations(of sets: [MigrationSet]) throws(Refusal) -> [MigrationSet] {
        let archived = Set(migrations.values.flatMap { $0 })
        let known = Set(([.system] + sets).flatMap { set in set.migrations.map { "\(set.module)/\($0.name)" } })
        if let unknown = archived.subtracting(known).min() {
            throw Refusal(
                .invalid, "The archive comes from a newer program: this one does not know the migration '\(unknown)'.")
        }
        return sets.map { set in
            MigrationSet(
                module: set.module, set.migrations.filter { archived.contains("\(set.module)/\($0.name)") })
        }
    }
}

extension DatabaseID {
    /// `main`, `datastore` or `vault/TENANT/PROVIDER`.
    var archiveName: String {
        switch self {
        case .main: "main"
        case .datastore: "datastore"
        case .vault(let tenant, let provider): "vault/\(tenant)/\(provider)"
        }
    }
}

extension Databases {
    /// The database that an archive's line names; a vault is made where there is none.
    func database(archiveName: String) async throws(Refusal) -> any Database {
        switch archiveName {
        case "main": return main
        case "datastore": return datastore
        default:
            let parts = archiveName.split(separator: "/")
            guard parts.count == 3, parts[0] == "vault" else {
                throw Refusal(.invalid, "The archive names a database '\(archiveName)' that there is not.")
            }
            return try await vault(tenant: TenantID(String(parts[1])), provider: String(parts[2]))
        }
    }
}
