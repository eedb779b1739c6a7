import Foundation
import HigoTesting
import Storage
import Testing

@Suite struct BackupTests {
    @Test(arguments: TestDatabase.kinds)
    func comesBackEqualThroughEitherDatabase(kind: TestDatabase.Kind) async throws {
        try await withTemporaryFolder { folder in
            try await withDatabases(.sqlite, [.things]) { databases in
                try await Self.fill(databases)
                try await Backup(databases, [.things]).write(.test(), to: folder + "/first.tar")
            }
            try await RestoreTests.withEmpty(kind) { databases in
                try await Restore(databases, [.things]).read(.test(), from: folder + "/first.tar")
                try await Self.check(databases)
                try await Backup(databases, [.things]).write(.test(), to: folder + "/second.tar")
            }
            try await RestoreTests.withEmpty(.sqlite) { databases in
                try await Restore(databases, [.things]).read(.test(), from: folder + "/second.tar")
                try await Self.check(databases)
            }
            #expect(try Self.rows(folder + "/first.tar") == Self.rows(folder + "/second.tar"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAnInstallationThatIsNotEmpty(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            let path = (databases.folder ?? "") + "/backup.tar"
            try await Backup(databases, [.things]).write(.test(), to: path)
            await #expect { try await Restore(databases, [.things]).read(.test(), from: path) } throws: {
                ($0 as? Refusal)?.code == .conflict
            }
        }
    }

    @Test(
        arguments: [(cut: 600, flip: nil), (cut: nil, flip: 3_000), (cut: 0, flip: nil)] as [(cut: Int?, flip: Int?)])
    func refusesADamagedArchiveBeforeItWrites(damage: (cut: Int?, flip: Int?)) async throws {
        try await withTemporaryFolder { folder in
            try await withDatabases(.sqlite, [.things]) { databases in
                try await Self.fill(databases)
                try await Backup(databases, [.things]).write(.test(), to: folder + "/whole.tar")
            }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/whole.tar"))
            if let flip = damage.flip { bytes[flip] ^= 1 }
            if let cut = damage.cut { bytes = bytes.prefix(cut == 0 ? 0 : bytes.count / 2 + cut) }
            try bytes.write(to: URL(fileURLWithPath: folder + "/damaged.tar"))
            try await RestoreTests.withEmpty(.sqlite) { databases in
                await #expect {
                    try await Restore(databases, [.things]).read(.test(), from: folder + "/damaged.tar")
                } throws: { ($0 as? Refusal)?.code == .invalid }
                let pending = try await databases.pendingMigrations([.things])
                #expect(pending.contains("test/0001-things"))
            }
        }
    }

    /// Rows of every kind, more than one page of them, in all databases.
    private static func fill(_ databases: any Databases) async throws {
        try await databases.main.write(.test()) { transaction throws(Refusal) in
            for number in 0..<1_100 { try transaction.put("thing \(number)", size: Int64(number)) }
            try transaction.execute(
                "UPDATE things SET body = ?, weight = ?, is_open = ?, note = ? WHERE id = 'thing 7'",
                [.bytes([0, 1, 255]), 0.1, true, "改行\n\"引用\""])
            try TextIndex("thing_texts").put(1, ["熊本市役所"], in: transaction)
            try GeoIndex("thing_places").put(1, .init(west: 130.5, south: 32.75, east: 131, north: 33), in: transaction)
            try transaction.record(Change("test.thing.made", space: "area", key: "thing 7", after: [123, 125]))
            try transaction.audit(AuditEvent("test.looked", subject: "thing 7"))
            try transaction.enqueue(JobRequest(type: "test.run", key: "a"))
            _ = try transaction.nextNumber("thing_number")
        }
        try await databases.datastore.write(.test()) { transaction throws(Refusal) in
            let columns = [Column("row", .int64), Column("名", .text)]
            try transaction.apply(
                .createTable(Table("ds_1", primaryKey: ["row"], tenancy: .none(because: "a file"), columns)))
            try transaction.execute("INSERT INTO ds_1 VALUES (1, '小学校')")
        }
        let vault = try await databases.vault(tenant: "431001", provider: "identity")
        try await vault.write(.test()) { transaction throws(Refusal) in
            try transaction.audit(AuditEvent("test.looked", subject: "person"))
        }
        let blobs = Blobs(folder: databases.folder ?? "", database: databases.main)
        _ = try await blobs.put(.test(), mediaType: "text/plain", bytes: Array("blob".utf8))
    }

    private static func check(_ databases: any Databases) async throws {
        try await waitForHorizon(of: databases.main)
        let row = try await databases.main.get(.test(), .thing("thing 7"))
        #expect(row?.bytes("body") == [0, 1, 255])
        #expect(row?.double("weight") == 0.1)
        #expect(row?.bool("is_open") == true)
        #expect(row?.text("note") == "改行\n\"引用\"")
        let (count, texts, places, changes) = try await databases.main.query(.test()) { reader throws(Refusal) in
            let text = TextIndex("thing_texts").condition(matching: "市役", number: "n", dialect: reader.dialect)
            let place = GeoIndex("thing_places").condition(
                intersecting: [.init(west: 130.9, south: 32.9, east: 132, north: 34)], number: "n",
                dialect: reader.dialect)
            return (
                try reader.count("SELECT count(*) FROM things"),
                try reader.count("SELECT count(*) FROM (SELECT 1 AS n) AS one WHERE \(text.sql)", text.arguments),
                try reader.count("SELECT count(*) FROM (SELECT 1 AS n) AS one WHERE \(place.sql)", place.arguments),
                try ChangeLog.read(after: .start, limit: 10, in: reader)
            )
        }
        #expect(count == 1_100)
        #expect(texts == 1)
        #expect(places == 1)
        #expect(changes.map(\.change.key) == ["thing 7"])
        let next = try await databases.main.write(.test()) { transaction throws(Refusal) in
            try transaction.nextNumber("thing_number")
        }
        #expect(next > 1)
        let made = try await databases.datastore.query(.test()) { reader throws(Refusal) in
            try reader.row("SELECT * FROM ds_1")
        }
        #expect(made?.text("名") == "小学校")
        let vault = try await databases.vault(tenant: "431001", provider: "identity")
        let audit = try await vault.query(.test()) { reader throws(Refusal) in
            try AuditLog.read(after: .start, limit: 5, in: reader).map(\.event.subject)
        }
        #expect(audit == ["person"])
        let blobs = Blobs(folder: databases.folder ?? "", database: databases.main)
        let blob = try #require(try await blobs.find(.test(), sha256: blobDigest))
        let bytes = try await blobs.get(blob)
        #expect(bytes == Array("blob".utf8))
    }

    private static let blobDigest = "fa2c8cc4f28176bbeed4b736df569a34c79cd3723e9ec42f9674b4d46ac6b8b8"

    /// The lines of all entries with rows, by name.
    private static func rows(_ path: String) throws -> [String: String] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var rows: [String: String] = [:]
        var start = 0
        while start + 512 <= bytes.count, bytes[start] != 0 {
            let name = String(decoding: bytes[start..<start + 100].prefix { $0 != 0 }, as: UTF8.self)
            let size = Int(String(decoding: bytes[start + 124..<start + 135], as: UTF8.self), radix: 8) ?? 0
            if name.hasSuffix(".jsonl") {
                rows[name] = String(decoding: bytes[start + 512..<start + 512 + size], as: UTF8.self)
            }
            start += 512 + (size + 511) / 512 * 512
        }
        return rows
    }
}
