import Foundation
import JSON
import Testing

/// The real program: what is backed up while it serves is served again from another folder.
@Suite struct BackupTests {
    @Test func servesTheSameFromARestoredBackup() async throws {
        try await withFolder { folder in
            let archive = folder + "/city.higo"
            let first = try await RunningHigo.start(data: folder + "/one", ["--open"])
            for number in 0..<20 {
                let answer = try await first.send("POST", "/ngsi-ld/v1/entities", json: Self.entity(number))
                #expect(answer.status == 201)
            }
            let before = try await first.get(Self.list)
            let backup = try await RunningHigo.run(["backup", archive, "--data", folder + "/one"])
            #expect(backup.status == 0, "\(backup.output)")
            #expect(first.stop() == 0)

            let restore = try await RunningHigo.run(["restore", archive, "--data", folder + "/two"])
            #expect(restore.status == 0, "\(restore.output)")
            try FileManager.default.copyItem(atPath: folder + "/one/audit.key", toPath: folder + "/two/audit.key")
            let second = try await RunningHigo.start(data: folder + "/two", ["--open"])
            let after = try await second.get(Self.list)
            #expect(before.body.contains("樹木19"))
            #expect(after.body == before.body)
            let more = try await second.send("POST", "/ngsi-ld/v1/entities", json: Self.entity(20))
            #expect(more.status == 201)
            #expect(second.stop() == 0)
            let audit = try await RunningHigo.run(["admin", "audit", "verify", "--data", folder + "/two"])
            #expect(audit.status == 0, "\(audit.output)")
        }
    }

    @Test func restoresOnlyWhereNothingIs() async throws {
        try await withFolder { folder in
            let archive = folder + "/empty.higo"
            #expect(try await RunningHigo.run(["backup", archive, "--data", folder + "/one"]).status == 0)
            let again = try await RunningHigo.run(["backup", archive, "--data", folder + "/one"])
            #expect(again.status == 1 && again.output.contains("already"), "\(again.output)")
            let restore = try await RunningHigo.run(["restore", archive, "--data", folder + "/one"])
            #expect(restore.status == 1 && restore.output.contains("not empty"), "\(restore.output)")
        }
    }

    private static let list = "/ngsi-ld/v1/entities?type=Tree&limit=100"

    private static func entity(_ number: Int) -> JSON {
        [
            "id": .string("urn:ngsi-ld:Tree:\(number)"), "type": "Tree",
            "name": ["type": "Property", "value": .string("樹木\(number)")],
            "height": ["type": "Property", "value": 12.5],
            "location": [
                "type": "GeoProperty", "value": ["type": "Point", "coordinates": [130.7, 32.8]],
            ],
        ]
    }
}
