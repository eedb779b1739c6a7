import JSON

/// `schema.json` of one database in an archive.
struct ArchivedSchema: Sendable {
    /// `module/NNNN-name` of the migrations that had run.
    var migrations: [(module: String, name: String, time: Int64)]
    /// Steps taken at run time.
    var made: [(name: String, step: [UInt8])]
    /// The columns of each table, in the order of the values in its rows.
    var columns: [(table: String, names: [String])]
    /// The last number given by each sequence, and by each table's identity.
    var sequences: [(name: String, value: Int64)]
    var identities: [(name: String, value: Int64)]

    var bytes: [UInt8] {
        let json: JSON = [
            "migrations": .array(migrations.map { [.string($0.module), .string($0.name), .int($0.time)] }),
            "made": .array(made.map { [.string($0.name), .string(String(decoding: $0.step, as: UTF8.self))] }),
            "columns": .array(columns.map { [.string($0.table), .array($0.names.map { .string($0) })] }),
            "sequences": .array(sequences.map { [.string($0.name), .int($0.value)] }),
            "identities": .array(identities.map { [.string($0.name), .int($0.value)] }),
        ]
        return json.bytes
    }

    init(
        migrations: [(module: String, name: String, time: Int64)], made: [(name: String, step: [UInt8])],
        columns: [(table: String, names: [String])], sequences: [(name: String, value: Int64)],
        identities: [(name: String, value: Int64)]
    ) {
        self.migrations = migrations
        self.made = made
        self.columns = columns
        self.sequences = sequences
        self.identities = identities
    }

    init(bytes: [UInt8]) throws(Refusal) {
        guard let json = try? JSON(parsing: bytes) else {
            throw Refusal(.invalid, "The schema in the backup cannot be read.")
        }
        func list(_ name: String) -> [JSON] { json[name]?.arrayValue ?? [] }
        func numbers(_ name: String) -> [(name: String, value: Int64)] {
            list(name).map { ($0[0]?.stringValue ?? "", Int64($0[1]?.intValue ?? 0)) }
        }
        migrations = list("migrations").map {
            ($0[0]?.stringValue ?? "", $0[1]?.stringValue ?? "", Int64($0[2]?.intValue ?? 0))
        }
        made = list("made").map { ($0[0]?.stringValue ?? "", Array(($0[1]?.stringValue ?? "").utf8)) }
        columns = list("columns").map { entry in
            (entry[0]?.stringValue ?? "", (entry[1]?.arrayValue ?? []).compactMap(\.stringValue))
        }
        sequences = numbers("sequences")
        identities = numbers("identities")
    }
}
