import Foundation
import JSON
import Synchronization
import Testing

/// SIGKILL in the middle: nothing that was acknowledged is lost, nothing is left half-done.
@Suite(.serialized) struct KillTests {
    @Test func acknowledgedWritesOutliveAKill() async throws {
        try await withFolder { folder in
            let acknowledged = Acknowledged()
            let first = try await RunningHigo.start(data: folder, ["--open"])
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<5_000 {
                            let id = "urn:ngsi-ld:Kill:\(writer)-\(number)"
                            guard
                                let answer = try? await first.send(
                                    "POST", "/ngsi-ld/v1/entities", json: Self.entity(id)),
                                answer.status == 201
                            else { return }
                            acknowledged.add(id)
                        }
                    }
                }
                group.addTask {
                    while acknowledged.ids.count < 400 { await Task.yield() }
                    first.kill()
                }
            }
            let second = try await RunningHigo.start(data: folder, ["--open"])
            let expected = acknowledged.ids
            #expect(expected.count >= 400)
            for id in expected.sorted() {
                let answer = try await second.get("/ngsi-ld/v1/entities/\(id)")
                #expect(answer.status == 200, "\(id) was acknowledged and is lost")
            }
            #expect(second.stop() == 0)
            let audit = try await RunningHigo.run(["admin", "audit", "verify", "--data", folder])
            #expect(audit.status == 0, "\(audit.output)")
        }
    }

    private final class Acknowledged: Sendable {
        private let state = Mutex<Set<String>>([])

        var ids: Set<String> { state.withLock { $0 } }
        func add(_ id: String) { _ = state.withLock { $0.insert(id) } }
    }

    private static func entity(_ id: String) -> JSON {
        ["id": .string(id), "type": "Kill", "value": ["type": "Property", "value": 1]]
    }

    @Test func importCutOffByAKillIsWholeAfterTheNextStart() async throws {
        try await withFolder { folder in
            let rows = 40_000
            let file = try Self.writeTable(in: folder, rows: rows)
            let data = folder + "/data"
            let first = try await RunningHigo.start(data: data, ["--open"])
            async let running = RunningHigo.run(["import", file, "--data", data])
            while try await Self.linkedRows(first) == 0 { try await Task.sleep(for: .milliseconds(2)) }
            first.kill()
            _ = try await running
            let second = try await RunningHigo.start(data: data, ["--open"])
            #expect(try await Self.linkedRows(second) == rows)
            #expect(second.stop() == 0)
        }
    }

    @Test func tableCutOffByAKillIsWholeAfterTheNextStart() async throws {
        try await withFolder { folder in
            let rows = 30_000
            let file = folder + "/431001_sweets.csv"
            try ("品名,数量\n" + (1...rows).map { "団子\($0),\($0)\n" }.joined())
                .write(toFile: file, atomically: true, encoding: .utf8)
            let data = folder + "/data"
            let made = try await RunningHigo.run([
                "admin", "key", "create", "--tenant", "430005", "--name", "watch", "--permission",
                "connect.import.view", "--data", data,
            ])
            let key = try #require(made.output.split(separator: "\n").last.map(String.init))
            let first = try await RunningHigo.start(data: data)
            async let running = RunningHigo.run(["import", file, "--data", data])
            while try await Self.newestImport(first, key)?["chunksApplied"]?.intValue ?? 0 == 0 {
                try await Task.sleep(for: .milliseconds(2))
            }
            first.kill()
            _ = try await running
            let second = try await RunningHigo.start(data: data)
            let record = try #require(try await Self.newestImport(second, key))
            #expect(record["state"] == "applied")
            let answer = try await second.send("GET", "/imports/\(record["id"]?.stringValue ?? "")", key: key)
            let page = try JSON(parsing: Array(answer.body.utf8))
            #expect(page["table"]?["total"]?.intValue == rows)
            #expect(page["table"]?["items"]?[0]?["cells"] == ["団子1", 1])
            #expect(second.stop() == 0)
        }
    }

    private static func newestImport(_ higo: RunningHigo, _ key: String) async throws -> JSON? {
        let answer = try await higo.send("GET", "/imports", key: key)
        return try JSON(parsing: Array(answer.body.utf8))["items"]?.arrayValue?.first
    }

    /// Shelters in the national form, so that each row becomes an entity.
    private static func writeTable(in folder: String, rows: Int) throws -> String {
        var text = "全国地方公共団体コード,市町村名,NO,共通ID,施設・場所名,住所,緯度,経度,洪水,備考\n"
        for row in 0..<rows {
            let id = "E4310000" + String(format: "%06d", row)
            text += "431001,熊本市,\(row),\(id),集会所\(row),熊本県熊本市中央区\(row),32.8,130.7,1,\n"
        }
        let path = folder + "/shelters.csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static func linkedRows(_ higo: RunningHigo) async throws -> Int {
        let answer = try await higo.get("/ngsi-ld/v1/entities?type=EvacuationSite&limit=1&count=true")
        return Int(answer.headers["ngsild-results-count"] ?? "0") ?? 0
    }
}
