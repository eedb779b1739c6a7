import Storage

/// A small schema that the tests write to.
extension MigrationSet {
    static let things = MigrationSet(
        module: "test",
        [
            Migration(
                "0001-things",
                [
                    .createTable(
                        Table(
                            "things", primaryKey: ["id"], tenancy: .none(because: "a test"),
                            [
                                Column("id", .text), Column("label", .text), Column("size", .int64, default: 0),
                                Column("weight", .double, default: 0.0), Column("is_open", .bool, default: false),
                                Column("body", .json, optional: true), Column("note", .text, optional: true),
                            ])),
                    .createSequence(name: "thing_number"),
                    .createTextIndex(name: "thing_texts"),
                    .createGeoIndex(name: "thing_places"),
                ])
        ])
}

extension RowKey {
    static func thing(_ id: String) -> RowKey { RowKey("things", [("id", .text(id))]) }
}

extension Transaction {
    func put(_ id: String, size: Int64) throws(Refusal) {
        try execute(
            "INSERT INTO things (id, label, size) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET size = excluded.size",
            [.text(id), .text("thing \(id)"), .int64(size)])
    }

    /// Refuses before it writes.
    func create(_ id: String) throws(Refusal) {
        if try get(.thing(id)) != nil { throw Refusal(.alreadyExists, "There is a thing '\(id)' already.") }
        try put(id, size: 0)
    }
}
