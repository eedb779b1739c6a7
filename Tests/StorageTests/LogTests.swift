import HigoTesting
import Storage
import Testing

@Suite struct LogTests {
    @Test(arguments: TestDatabase.kinds)
    func readsChangesInOrderWithWhoAndWhen(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let changes = (0..<5).map { number in
                Change("test.thing.made", space: "area", key: "key-\(number)", before: nil, after: [UInt8(number)])
            }
            for change in changes {
                try await databases.main.write(.test(requestID: "r1")) { transaction throws(Refusal) in
                    try transaction.record(change)
                }
            }
            try await waitForHorizon(of: databases.main)
            let records = try await databases.main.query(.test()) { reader throws(Refusal) in
                try ChangeLog.read(after: .start, limit: 10, in: reader)
            }
            #expect(records.map(\.change) == changes)
            #expect(records.first?.actor == "officer:test")
            #expect(records.first?.requestID == "r1")
            #expect(records.first?.time == Instant(seconds: 1_775_001_600))
            #expect(records.map(\.position) == records.map(\.position).sorted())
            let (rest, end) = try await databases.main.query(.test()) { reader throws(Refusal) in
                (
                    try ChangeLog.read(after: records[2].position, limit: 1, in: reader),
                    try ChangeLog.end(in: reader)
                )
            }
            #expect(rest.map(\.change) == [changes[3]])
            #expect(end == records.last?.position)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func neverBringsAChangeBeforeOneThatWasRead(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let database = databases.main
            let seen = try await withThrowingTaskGroup(of: Void.self, returning: [ChangeRecord].self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<25 {
                            try await database.write(.test()) { transaction throws(Refusal) in
                                try transaction.record(
                                    Change("test.thing.made", space: "area", key: "\(writer)-\(number)"))
                            }
                        }
                    }
                }
                var seen: [ChangeRecord] = []
                while seen.count < 200 {
                    let position = seen.last?.position ?? .start
                    seen += try await database.query(.test()) { reader throws(Refusal) in
                        try ChangeLog.read(after: position, limit: 50, in: reader)
                    }
                }
                try await group.waitForAll()
                return seen
            }
            #expect(Set(seen.map(\.change.key)).count == 200)
            for writer in 0..<8 {
                let mine = seen.map(\.change.key).filter { $0.hasPrefix("\(writer)-") }
                #expect(mine == (0..<25).map { "\(writer)-\($0)" })
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func readsOneShardOfSixtyFour(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let keys = (0..<100).map { "urn:ngsi-ld:Thing:\($0)" }
            try await databases.main.write(.test()) { transaction throws(Refusal) in
                for key in keys { try transaction.record(Change("test.thing.made", space: "area", key: key)) }
            }
            try await waitForHorizon(of: databases.main)
            let found = try await databases.main.query(.test()) { reader throws(Refusal) in
                try ChangeLog.read(after: .start, limit: 100, shard: 7, in: reader).map(\.change.key)
            }
            #expect(found == keys.filter { ChangeLog.shard(of: $0) == 7 })
        }
    }

    @Test func keepsTheShardOfAKeyForEver() {
        #expect(["", "a", "熊本"].map(ChangeLog.shard) == [1, 0, 38])
    }

    @Test(arguments: TestDatabase.kinds)
    func readsTheAudit(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let event = AuditEvent("account.signed-in", subject: "officer:1", detail: Array(#"{"by":"key"}"#.utf8))
            try await databases.main.write(.test()) { transaction throws(Refusal) in try transaction.audit(event) }
            try await waitForHorizon(of: databases.main)
            let records = try await databases.main.query(.test()) { reader throws(Refusal) in
                try AuditLog.read(after: .start, limit: 10, in: reader)
            }
            #expect(records.map(\.event) == [event])
            #expect(records.map(\.purpose) == ["test"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func wakesThoseWhoWaitForChanges(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let (notices, continuation) = AsyncStream.makeStream(of: Void.self)
            databases.main.whenChanged { continuation.yield() }
            let writer = Task {
                while !Task.isCancelled {
                    try await databases.main.write(.test()) { transaction throws(Refusal) in
                        try transaction.record(Change("test.thing.made", space: "area", key: "a"))
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            var iterator = notices.makeAsyncIterator()
            let notice: Void? = await iterator.next()
            writer.cancel()
            _ = await writer.result
            #expect(notice != nil)
        }
    }
}
