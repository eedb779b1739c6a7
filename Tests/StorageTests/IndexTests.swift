import HigoTesting
import Storage
import Testing

@Suite struct TextIndexTests {
    private static let index = TextIndex("thing_texts")
    private static let documents: [(number: Int64, texts: [String])] = [
        (1, ["熊本市役所", "中央区手取本町１−１"]), (2, ["本市の避難所", "ﾊﾞｽ停"]), (3, ["County Hall, 9th floor"]),
        (4, ["市民バスケット"]),
    ]

    @Test(arguments: TestDatabase.kinds)
    func findsWordsOfOneCharacterAndMore(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            try await databases.main.write(.test()) { transaction throws(Refusal) in
                try Self.index.putMany(Self.documents, in: transaction)
            }
            let expected: [(String, [Int64])] = [
                ("熊本", [1]), ("本市", [1, 2]), ("所", [1, 2]), ("避", [2]), ("バス", [2, 4]), ("ばす停", [2]),
                ("HALL", [3]), ("9", [3]), ("county floor", [3]), ("county 熊本", []), ("市所", []), ("、", []),
                ("手取本町", [1]), ("\"OR\" NEAR(*", []),
            ]
            for (query, numbers) in expected {
                #expect(try await Self.find(query, in: databases.main) == numbers, "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func forgetsWhatWasReplacedOrRemoved(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            try await databases.main.write(.test()) { transaction throws(Refusal) in
                try Self.index.putMany(Self.documents, in: transaction)
                try Self.index.put(1, ["水俣市役所"], in: transaction)
                try Self.index.remove(4, in: transaction)
                try Self.index.remove(99, in: transaction)
            }
            #expect(try await Self.find("熊本", in: databases.main) == [])
            #expect(try await Self.find("水俣", in: databases.main) == [1])
            #expect(try await Self.find("バス", in: databases.main) == [2])
        }
    }

    private static func find(_ query: String, in database: any Database) async throws -> [Int64] {
        try await database.query(.test()) { reader throws(Refusal) in
            let found = index.condition(matching: query, number: "t.number", dialect: reader.dialect)
            return try reader.rows(
                "SELECT t.number FROM thing_texts t WHERE \(found.sql) ORDER BY t.number", found.arguments
            ).map { $0.int64("number") }
        }
    }
}

@Suite struct GeoIndexTests {
    @Test(arguments: TestDatabase.kinds)
    func findsBoxesThatShareAPoint(kind: TestDatabase.Kind) async throws {
        let index = GeoIndex("thing_places")
        try await withDatabases(kind, [.things]) { databases in
            let found = try await databases.main.write(.test()) { transaction throws(Refusal) in
                try index.putMany(
                    [
                        (1, .init(west: 130.7, south: 32.8, east: 130.7, north: 32.8)),
                        (2, .init(west: 130, south: 32, east: 131, north: 33)),
                        (3, .init(west: 139, south: 35, east: 140, north: 36)),
                        (4, .init(west: 130.7, south: 32.8, east: 130.7, north: 32.8)),
                        (5, .init(west: 139, south: 35, east: 140, north: 36)),
                    ], in: transaction)
                try index.remove(4, in: transaction)
                try index.put(5, .init(west: 130.6, south: 32.7, east: 130.8, north: 32.9), in: transaction)
                let box = GeoIndex.Box(west: 130.6, south: 32.7, east: 130.8, north: 32.9)
                let condition = index.condition(intersecting: [box], number: "p.number", dialect: transaction.dialect)
                return try transaction.rows(
                    "SELECT p.number FROM thing_places p WHERE \(condition.sql) ORDER BY p.number",
                    condition.arguments
                ).map { $0.int64("number") }
            }
            #expect(found == [1, 2, 5])
        }
    }
}
