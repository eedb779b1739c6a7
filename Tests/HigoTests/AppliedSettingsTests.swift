import Foundation
import Testing

/// The real program: what is set has an effect.
@Suite struct AppliedSettingsTests {
    @Test func boundsPagesAndSaysThatItIsMigrated() async throws {
        try await withFolder { folder in
            let higo = try await RunningHigo.start(
                data: folder + "/data",
                ["--set", "limits.rows=5", "--set", "database.readers=1", "--set", "audit.seal-seconds=0.2"])
            let most = try await higo.get("/ngsi-ld/v1/entities?type=Tree&limit=5")
            #expect(most.status == 200)
            let more = try await higo.get("/ngsi-ld/v1/entities?type=Tree&limit=6")
            #expect(more.status == 400)
            let ready = try await higo.get("/readyz")
            #expect(ready.status == 200)
            #expect(ready.body.contains(#""migrations":"ok""#), "\(ready.body)")
            #expect(higo.stop() == 0)
        }
    }
}
