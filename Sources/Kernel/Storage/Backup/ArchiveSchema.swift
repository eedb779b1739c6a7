/// What a database holds, gathered from the steps that made it, in the order in which they were taken.
struct ArchiveSchema: Sendable {
    enum Section: Sendable {
        case table(Table)
        case textIndex(String)
        case geoIndex(String)
    }

    private(set) var sections: [Section] = []
    private(set) var sequences: [String] = []

    /// Leases are held by processes, so none of them outlives its own.
    private static let leftOut: Set<String> = ["leases"]

    mutating func take(_ step: Migration.Step) {
        switch step {
        case .createTable(let table): if !Self.leftOut.contains(table.name) { sections.append(.table(table)) }
        case .addColumn(let name, let column): add(column, to: name)
        case .createTextIndex(let name): sections.append(.textIndex(name))
        case .createGeoIndex(let name): sections.append(.geoIndex(name))
        case .createSequence(let name): sequences.append(name)
        case .dropTable(let name): sections.removeAll { $0.name == name }
        case .createIndex, .execute: break
        }
    }

    private mutating func add(_ column: Column, to name: String) {
        guard let position = sections.firstIndex(where: { $0.name == name }),
            case .table(var table) = sections[position]
        else { return }
        table.columns.append(column)
        sections[position] = .table(table)
    }
}

extension ArchiveSchema {
    /// What migrations with these names (`module/NNNN-name`) made in a database.
    init(_ sets: [MigrationSet], done: Set<String>, in database: DatabaseID) {
        for set in [.system] + sets {
            for migration in set.migrations where migration.database.includes(database) {
                guard done.contains("\(set.module)/\(migration.name)") else { continue }
                for step in migration.steps { take(step) }
            }
        }
    }

    func section(named name: String) -> Section? { sections.first { $0.name == name } }
}

extension ArchiveSchema.Section {
    var name: String {
        switch self {
        case .table(let table): table.name
        case .textIndex(let name), .geoIndex(let name): name
        }
    }

    var kind: String {
        switch self {
        case .table: "table"
        case .textIndex: "textIndex"
        case .geoIndex: "geoIndex"
        }
    }

    /// What each row of the section holds. Indexes are written as what they were made from.
    var columns: [Column] {
        switch self {
        case .table(let table): table.columns
        case .textIndex: [Column("number", .int64), Column("folded", .text)]
        case .geoIndex:
            [Column("number", .int64)] + ["west", "east", "south", "north"].map { Column($0, .double) }
        }
    }

    var key: [String] {
        guard case .table(let table) = self else { return ["number"] }
        return table.primaryKey
    }

    var identity: Column? { columns.first { $0.kind == .identity } }
}
