import Foundation
import JSON
import Testing

/// Every page gives its facts as JSON too.
@Suite(.serialized) struct PagesAsJSONTests {
    /// What the templates' names stand for in this test.
    private static let values = [
        "{code}": "431001", "{type}": "Sensor", "{id}": "urn:ngsi-ld:Sensor:1", "{name}": "not-found",
        "{space}": "area",
    ]

    @Test func everyPageAnswersJSON() async throws {
        try await withFolder { folder in
            let higo = try await RunningHigo.start(data: folder, ["--open"])
            let entity: JSON = [
                "id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "name": ["type": "Property", "value": "水位計"],
            ]
            #expect(try await higo.send("POST", "/ngsi-ld/v1/entities", json: entity).status == 201)
            // Its id is the sensor's, so that one name stands for both.
            let subscription: JSON = [
                "id": "urn:ngsi-ld:Sensor:1", "type": "Subscription", "entities": [["type": "Sensor"]],
                "notification": ["endpoint": ["uri": "http://127.0.0.1:9/n"]], "isActive": false,
            ]
            #expect(try await higo.send("POST", "/ngsi-ld/v1/subscriptions", json: subscription).status == 201)
            let paths = try await Self.pages(of: higo)
            #expect(paths.count >= 18)
            for path in paths { try await Self.check(path, higo) }
            #expect(higo.stop() == 0)
        }
    }

    /// The addresses of all GET routes that draw pages.
    private static func pages(of higo: RunningHigo) async throws -> [String] {
        let document = try JSON(parsing: Array(try await higo.get("/openapi.json").body.utf8))
        let paths = document["paths"]?.objectValue?.members ?? []
        return paths.filter { $0.value["get"]?["responses"]?["200"]?["content"]?["text/html"] != nil }.map { path in
            if path.name == "/plan/kpis/{id}" { return "/plan/kpis/KPI-1-1-01" }
            return values.reduce(path.name) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        }
    }

    private static func check(_ path: String, _ higo: RunningHigo) async throws {
        // Lists fold a moment after the write; there is no import here, and nobody who manages accounts.
        var answer = try await higo.get(path)
        for _ in 0..<50 where answer.status == 404 && path.hasPrefix("/entities/types") {
            try await Task.sleep(for: .milliseconds(100))
            answer = try await higo.get(path)
        }
        if path.hasPrefix("/imports/") {
            #expect(answer.status == 404, "\(path)")
            #expect(answer.headers["content-type"] == "application/problem+json", "\(path)")
            return
        }
        if path == "/manage/users" {
            #expect(answer.status == 403, "\(path)")
            #expect(answer.headers["content-type"] == "application/problem+json", "\(path)")
            return
        }
        #expect(answer.status == 200, "\(path): \(answer.body.prefix(200))")
        #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true, "\(path)")
        let facts = try? JSON(parsing: Array(answer.body.utf8))
        #expect(facts?.objectValue?.members.isEmpty == false, "\(path)")
    }

    @Test func countsAndCodesAreWhatPagesShow() async throws {
        try await withFolder { folder in
            let higo = try await RunningHigo.start(data: folder)
            let plan = try JSON(parsing: Array(try await higo.get("/plan").body.utf8))
            #expect(plan["counts"]?["kpis"] == 53)
            #expect(plan["counts"]?["measures"] == 169)
            #expect(plan["counts"]?["glossaryTerms"] == 39)
            let towns = try JSON(parsing: Array(try await higo.get("/towns").body.utf8))
            #expect(towns["total"] == 45)
            #expect(towns["items"]?[0]?["code"] == "431001")
            #expect(towns["items"]?[0]?["counts"]?["total"] == 0)
            let indicator = try JSON(parsing: Array(try await higo.get("/plan/kpis/KPI-1-1-01").body.utf8))
            #expect(indicator["id"] == "KPI-1-1-01")
            #expect(higo.stop() == 0)
        }
    }
}
