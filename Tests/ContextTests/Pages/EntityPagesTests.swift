import Entities
import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

struct EntityPagesTests {
    private static let id = "urn:ngsi-ld:EvacuationShelter:431001:1"

    @Test(arguments: TestDatabase.kinds) func listsTypesAsTheReaderSeesThem(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            try await site.load([shelter(1), shelter(2), shelter(3, visibility: .bodies, licence: nil)])
            let open = try await site.get("/entities", accept: "application/json")
            #expect(
                open.json["items"] == [
                    [
                        "type": "EvacuationShelter", "count": 2, "modifiedAt": "2026-04-01T00:00:00.000Z",
                        "sources": ["避難所.csv"], "licensedCount": 2,
                    ]
                ])
            let officer = try await site.get("/entities", as: .officer(of: "432024"), accept: "text/html")
            #expect(officer.status == 200)
            #expect(officer.text.contains("一部はオープンデータではありません"))
        }
    }

    @Test(arguments: TestDatabase.kinds) func sortsFiltersAndPagesOnTheServer(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            try await site.load((1...60).map { shelter($0, name: $0 % 2 == 0 ? "公民館\($0)" : "小学校\($0)") })
            let path = "/entities/types/EvacuationShelter"
            let sorted = try await site.get(path + "?sort=-capacity&page=2", accept: "application/json")
            #expect(sorted.json["total"] == 60)
            #expect(sorted.json["items"]?.arrayValue?.count == 10)
            #expect(sorted.json["items"]?[0]?["values"]?["capacity"] == 1000)
            #expect(sorted.json["next"] == .null)
            let filtered = try await site.get(path + "?q=公民&municipality=431001", accept: "application/json")
            #expect(filtered.json["total"] == 30)
            let none = try await site.get(path + "?municipality=432024", accept: "text/html")
            #expect(none.status == 200)
            let page = try await site.get(path, accept: "text/html")
            #expect(page.text.contains("公民館2"))
            #expect(page.text.contains("/entities/types/EvacuationShelter/csv"))
            for bad in ["?page=0", "?page=x", "?sorted=1"] {
                let answer = try await site.get(path + bad, accept: "application/json")
                #expect(answer.status == 400)
            }
            let unknown = try await site.get("/entities/types/None", accept: "application/json")
            #expect(unknown.status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds) func showsAnEntityWithSourceHistoryAndNeighbours(
        kind: TestDatabase.Kind
    ) async throws {
        try await withContextSite(kind) { site in
            var same = shelter(2, name: "熊本城ホール（別の一覧）")
            same.entity.attributes["sameAs"] = [
                "type": "Relationship", "object": .string(Self.id),
                "score": ["type": "Property", "value": .number("0.95")],
                "rule": ["type": "Property", "value": "名称と距離"],
            ]
            try await site.load([shelter(1), same])
            let store = site.ports.entities
            let observations = (0..<5).map { index in
                Observation(
                    attribute: "capacity", value: Array("\(100 + index)".utf8),
                    observedAt: Instant(seconds: 1_770_000_000 + Int64(index) * 60))
            }
            let added = try await store.database.write(.test()) { transaction throws(Refusal) in
                try store.appendHistory(id: Self.id, observations, in: transaction)
            }
            #expect(added == 5)
            try await site.fold()
            let json = try await site.get("/entities/\(Self.id)", accept: "application/json")
            #expect(
                json.json["source"] == [
                    "file": "避難所.csv", "line": 2, "importId": "i1", "licence": "CC BY 4.0", "isOpenData": true,
                ])
            #expect(
                json.json["sameAs"] == [
                    ["id": "urn:ngsi-ld:EvacuationShelter:431001:2", "score": .number("0.95"), "rule": "名称と距離"]
                ])
            #expect(json.json["history"]?[0]?["attribute"] == "capacity")
            for language in ["ja", "ja-easy", "en"] {
                let page = try await site.get("/entities/\(Self.id)?lang=\(language)", accept: "text/html")
                #expect(page.status == 200)
                #expect(page.text.contains("避難所.csv"))
                #expect(page.text.contains("0.95"))
                #expect(page.text.contains("<svg"))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func hiddenEntitiesAreNotFoundOnPagesAndInDownloads(
        kind: TestDatabase.Kind
    ) async throws {
        try await withContextSite(kind) { site in
            try await site.load([shelter(1), shelter(2, visibility: .bodies, licence: nil)])
            let hidden = "/entities/urn:ngsi-ld:EvacuationShelter:431001:2"
            let anonymous = try await site.get(hidden, accept: "text/html")
            #expect(anonymous.status == 404)
            let officer = try await site.get(hidden, as: .officer(of: "431001"), accept: "text/html")
            #expect(officer.text.contains("オープンデータではありません"))
            for form in ["csv", "geojson", "ngsi-ld"] {
                let path = "/entities/types/EvacuationShelter/\(form)"
                let open = try await site.get(path)
                #expect(open.status == 200)
                #expect(!open.text.contains("431001:2"))
                let all = try await site.get(path, as: .officer(of: "431001"))
                #expect(all.text.contains("431001:2"))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func downloadsAreWellFormed(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            try await site.load([shelter(1, name: "a,\"b\"\nc"), shelter(2)])
            let root = "/entities/types/EvacuationShelter/"
            let csv = try await site.get(root + "csv")
            #expect(
                csv.text == "\u{FEFF}id,type,capacity,longitude,latitude,name,municipalityCode,licence,modifiedAt\r\n"
                    + "\(Self.id),EvacuationShelter,100,130.71,32.8,\"a,\"\"b\"\"\nc\",431001,CC BY 4.0,2026-04-01T00:00:00.000Z\r\n"
                    + "urn:ngsi-ld:EvacuationShelter:431001:2,EvacuationShelter,200,130.72,32.8,熊本城ホール,431001,CC BY 4.0,"
                    + "2026-04-01T00:00:00.000Z\r\n")
            #expect(csv["content-disposition"] == "attachment; filename=\"EvacuationShelter.csv\"")
            let geo = try await site.get(root + "geojson")
            #expect(geo.json["features"]?.arrayValue?.count == 2)
            #expect(geo.json["features"]?[0]?["geometry"]?["coordinates"] == [.number("130.71"), .number("32.8")])
            let ngsi = try await site.get(root + "ngsi-ld")
            #expect(ngsi.json.arrayValue?.count == 2)
        }
    }
}
