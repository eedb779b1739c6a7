import Foundation
import HigoTesting
import JSON
import Storage

extension [MigrationSet] {
    /// `things`, and later a column more.
    static let archived: [MigrationSet] = [
        .things,
        MigrationSet(
            module: "later",
            [Migration("0001-colour", [.addColumn(table: "things", Column("colour", .text, optional: true))])]),
    ]
}

/// Runs `body` on databases that were opened and not migrated.
func withEmptyDatabases<T>(_ kind: TestDatabase.Kind, _ body: (any Databases) async throws -> T) async throws -> T {
    try await withTemporaryFolder { folder in
        let databases = try TestDatabase.open(kind, folder: folder)
        do {
            let result = try await body(databases)
            try await TestDatabase.discard(databases)
            return result
        } catch {
            try? await TestDatabase.discard(databases)
            throw error
        }
    }
}

/// Runs `body` with the path of an archive of some things.
func withArchive<T>(_ body: (String) async throws -> T) async throws -> T {
    try await withTemporaryFolder { folder in
        try await withDatabases(.sqlite, .archived) { databases in
            try await ArchivedThings.fill(databases)
            try await Backup(databases, .archived).write(.test(), to: folder + "/things.higo")
        }
        return try await body(folder + "/things.higo")
    }
}

/// Rows with every kind of value and its limits, more than one page of them.
enum ArchivedThings {
    static let count = 1_203
    static let made = Table(
        "made", primaryKey: ["number"], tenancy: .none(because: "a test"),
        [Column("number", .identity), Column("label", .text)])

    static func fill(_ databases: any Databases) async throws {
        try await databases.main.write(.test()) { transaction throws(Refusal) in
            for number in 0..<Int64(count) {
                _ = try transaction.nextNumber("thing_number")
                try transaction.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row(number))
            }
            try TextIndex("thing_texts").put(7, ["熊本城の石垣"], in: transaction)
            try GeoIndex("thing_places").put(
                3, GeoIndex.Box(west: 130.5, south: 32.5, east: 130.75, north: 32.75), in: transaction)
        }
        for key in ["k0", "k1", "k2"] { try await append(key, databases.main) }
        try await databases.main.write(.test()) { transaction throws(Refusal) in
            try transaction.moveCursor("reader", to: try ChangeLog.end(in: transaction))
        }
        try await databases.datastore.write(.test()) { transaction throws(Refusal) in
            try transaction.apply(.createTable(made))
            try transaction.execute("INSERT INTO made (label) VALUES (?), (?)", ["あ", "い"])
        }
    }

    private static func row(_ number: Int64) -> [SQLValue] {
        let sizes: [Int64] = [.min, .max, 0, -1, 9_007_199_254_740_993]
        let weights = [0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e16, 3]
        let texts = ["", "\u{1F3EF}\n\"\\", "熊本", "\u{7F}\t", "か\u{3099}"]
        return [
            .text("id \(number) \(texts[Int(number) % 5])"), .text(texts[Int(number + 1) % 5]),
            .int64(sizes[Int(number) % 5]), .double(weights[Int(number) % 6]), .bool(number % 2 == 0),
            number % 3 == 0 ? .null : .bytes((0..<UInt8(number % 256)).map { $0 &* 7 }),
            .optional(Optional<String>.none),
            .text("colour"),
        ]
    }

    static func append(_ key: String, _ database: any Storage.Database) async throws {
        try await database.write(.test()) { transaction throws(Refusal) in
            try transaction.record(Change("test.thing.made", space: "area", key: key, after: [1, 2]))
        }
    }

    /// All rows, with truths as one kind of value.
    static func read(_ databases: any Databases) async throws -> [[SQLValue]] {
        let main = try await databases.main.query(.test()) { reader throws(Refusal) in
            let things = try reader.rows("SELECT * FROM things ORDER BY id").map { row in
                row.values.enumerated().map { $0.offset == 4 ? .int64(row.bool("is_open") ? 1 : 0) : $0.element }
            }
            let log = try reader.rows(
                "SELECT seq, time, tenant, space, type, key, after, shard FROM change_log ORDER BY seq")
            return things + log.map(\.values)
        }
        let datastore = try await databases.datastore.query(.test()) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM made ORDER BY number").map(\.values)
        }
        return main + datastore
    }

    static func found(in database: any Storage.Database) async throws -> [[Int64]] {
        try await database.query(.test()) { reader throws(Refusal) in
            let text = TextIndex("thing_texts").condition(matching: "石垣", number: "number", dialect: reader.dialect)
            let place = GeoIndex("thing_places").condition(
                intersecting: [.init(west: 130.6, south: 32.6, east: 130.6, north: 32.6)], number: "number",
                dialect: reader.dialect)
            return [
                try reader.rows("SELECT number FROM thing_texts WHERE \(text.sql)", text.arguments).map {
                    $0.int64("number")
                },
                try reader.rows("SELECT number FROM thing_places WHERE \(place.sql)", place.arguments)
                    .map { $0.int64("number") },
            ]
        }
    }

    /// The lines between header and end.
    static func lines(of archive: String) throws -> [Substring] {
        let text = try String(contentsOfFile: archive, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().dropLast()
    }

    /// An archive with the right checksum and a row with too few values.
    static func writeBroken(to path: String, like archive: String) throws {
        let text = try String(contentsOfFile: archive, encoding: .utf8)
        var lines = try text.split(separator: "\n").dropLast().map { try JSON(parsing: String($0)) }
        let position = lines.lastIndex { $0[0]?.stringValue?.hasPrefix("id ") == true } ?? 0
        lines[position] = [1, 2]
        let writer = try ArchiveWriter(path: path)
        for line in lines { try writer.write(line) }
        try writer.finish()
    }
}
