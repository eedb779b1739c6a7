import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct OwnRouteTests {
    @Test func saysWhetherItLivesAndIsReady() async throws {
        try await withTestSite { site async throws in
            #expect(try await site.get("/healthz").json == ["status": "ok"])
            let ready = try await site.get("/readyz")
            #expect(ready.status == 200)
            #expect(ready.json == ["status": "ready", "checks": ["main": "ok", "datastore": "ok"]])
        }
    }

    @Test func saysWhatIsNotReady() async throws {
        let check = ReadinessCheck("migrations") { throw Refusal(.unavailable, "Two migrations have not run.") }
        func change(_ parts: inout SiteParts) { parts.readiness = [check] }
        try await withTestSite(change: change) { site async throws in
            let answer = try await site.get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.json["checks"]?["migrations"] == "unavailable")
        }
    }

    @Test func isNotReadyBeforeEveryMigrationHasRun() async throws {
        let later = MigrationSet(module: "later", [Migration("0001-later", in: .main, [])])
        func change(_ parts: inout SiteParts) { parts.readiness = [.migrated(parts.ports.databases, [later])] }
        try await withTestSite(change: change) { site async throws in
            #expect(try await site.get("/readyz").status == 503)
            try await site.ports.databases.migrate([later])
            #expect(try await site.get("/readyz").json["checks"]?["migrations"] == "ok")
        }
    }

    @Test func countsWhatItAnswered() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            for _ in 0..<3 { _ = try await site.get("/things/1") }
            _ = try await site.get("/things/1?x=y")
            _ = try await site.get("/nowhere")
            let text = try await site.get("/metrics").text
            #expect(text.contains("higo_http_requests_total{route=\"GET /things/{id}\",status=\"200\"} 3\n"))
            #expect(text.contains("higo_http_requests_total{route=\"GET /things/{id}\",status=\"400\"} 1\n"))
            #expect(text.contains("higo_http_requests_total{route=\"none\",status=\"404\"} 1\n"))
            #expect(text.contains("higo_http_request_duration_seconds_count{route=\"GET /things/{id}\"} 4\n"))
            #expect(text.contains("higo_http_requests_in_flight 1\n"))
            #expect(text.contains("higo_database_replays_total{database=\"main\"} 0\n"))
            #expect(text.contains("process_start_time_seconds 1775001600\n"))
        }
    }

    @Test func writesOneAccessLineARequest() async throws {
        func change(_ parts: inout SiteParts) { parts.settings.accessLog = .file("unused") }
        try await withTestSite([SiteModule.module], change: change) { site async throws in
            let id = try #require(HTTPField.Name("X-Request-ID"))
            _ = try await site.get("/things/1?limit=2", as: .officer(), headers: [id: "r1"])
            _ = try await site.get("/nowhere?name=secret", headers: [id: "r2"])
            let lines = String(decoding: site.site.accessLog.take(), as: UTF8.self).split(separator: "\n")
            let first = try JSON(parsing: String(lines[0]))
            #expect(lines.count == 2)
            #expect(first["time"] == "2026-04-01T00:00:00.000Z")
            #expect(first["request"] == "r1")
            #expect(first["route"] == "/things/{id}")
            #expect(first["status"] == 400)
            #expect(first["actor"] == "officer:430005")
            #expect(!lines[1].contains("secret"))
            #expect(site.site.accessLog.take().isEmpty)
        }
    }
}
