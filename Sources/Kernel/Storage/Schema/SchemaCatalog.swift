/// The tables and indexes that a list of steps leaves behind, in the order in which they were made.
package struct SchemaCatalog: Sendable, Hashable {
    package private(set) var tables: [Table] = []
    package private(set) var texts: [String] = []
    package private(set) var places: [String] = []
    package private(set) var sequences: [String] = []

    package init(_ steps: [Migration.Step]) {
        for step in steps { take(step) }
    }

    private mutating func take(_ step: Migration.Step) {
        switch step {
        case .createTable(let table): tables.append(table)
        case .addColumn(let name, let column):
            for index in tables.indices where tables[index].name == name { tables[index].columns.append(column) }
        case .createTextIndex(let name): texts.append(name)
        case .createGeoIndex(let name): places.append(name)
        case .createSequence(let name): sequences.append(name)
        case .dropTable(let name): tables.removeAll { $0.name == name }
        case .createIndex, .execute: break
        }
    }
}
