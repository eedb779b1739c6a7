import Entities
import Foundation
import HTTPTypes
import JSON
import Maps
import Storage
import Testing
import Web

@Suite struct MapPageTests {
    @Test func gridHasEachMunicipalityOnce() throws {
        let grid = TileGrid(folder: MapsSite.root + "/data/maps")
        #expect(grid.cells.count == 45)
        #expect(Set(grid.cells.map(\.code)).count == 45)
        #expect(Set(grid.cells.map { [$0.column, $0.row] }).count == 45)
        let table = try String(contentsOfFile: MapsSite.root + "/data/tenants/municipalities.csv", encoding: .utf8)
        for cell in grid.cells { #expect(table.contains("\n\(cell.code),\(cell.name),\(cell.kana),")) }
    }

    @Test func withoutBoundariesTheSquaresStand() async throws {
        let site = try MapsSite()
        let html = await site.text("/maps")
        #expect(html.components(separatedBy: #"tabindex="-1"><path"#).count == 46)
        #expect(html.contains(#"href="/towns/431001""#))
        #expect(html.contains("1市町村を1つの四角で"))
        #expect(!html.contains("data-map="))
        #expect(!html.contains("出典: "))
        let facts = try await site.facts("/maps")
        #expect(facts.value(at: try JSONPointer("/hasBoundaries")) == false)
        #expect(facts.value(at: try JSONPointer("/municipalities/0/code")) == "431001")
    }

    @Test func colouringIsSaidInWords() async throws {
        let site = try MapsSite(StoredEntity.sample)
        let html = await site.text("/maps?figure=Shelter&layer=Shelter")
        #expect(html.contains("Shelterが最も多いのは熊本市で、1件です。"))
        #expect(html.contains("swatch rank-3"))
        #expect(html.contains("map-dots"))
        #expect(html.contains("を加工して作成"))
        let facts = try await site.facts("/maps?figure=Shelter")
        #expect(facts.value(at: try JSONPointer("/municipalities/0/count")) == 1)
        #expect(await site.get("/maps?layer=Nothing").status == .notFound)
    }

    @Test(arguments: ["ja", "ja-easy", "en"]) func everyTextIsThere(_ language: String) async throws {
        let html = await (try MapsSite(StoredEntity.sample)).text("/maps?lang=\(language)&figure=all&layer=Shelter")
        #expect(html.contains("<h1>"))
        #expect(html.matches(of: /maps\.[a-z]+\.?[a-zA-Z]*/).map { String($0.output) } == [])
    }

    @Test func languagesHaveTheSameKeys() throws {
        let keys = try ["ja", "ja-easy", "en"].map { language in
            let path = MapsSite.root + "/Sources/Engines/Maps/Resources/Words/\(language).yaml"
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != ":" } }
        }
        #expect(keys[0] == keys[1] && keys[0] == keys[2])
    }

    @Test func otherPagesGetTheirMaps() async throws {
        let site = try MapsSite(StoredEntity.sample)
        var drawn: [String] = []
        for contribution in site.service.contributions {
            switch contribution {
            case .homePanel(_, let draw): drawn.append(try await draw(site.call())?.html.text ?? "")
            case .townPanel(_, let draw):
                drawn.append(try await draw(site.call(), "431001")?.html.text ?? "")
                #expect(try await draw(site.call(), "132012") == nil)
            case .typeMap(let draw):
                drawn.append(try await draw(site.call(), "Shelter")?.text ?? "")
                #expect(try await draw(site.call(), "Nothing") == nil)
            default: break
            }
        }
        #expect(drawn.count == 3 && drawn.allSatisfy { $0.contains("data-map=") && $0.contains("<svg") })
    }

    @Test func classesHoldAboutAsManyEach() {
        let classes = FigureClasses([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(classes.ranges == [1...2, 3...4, 5...6, 7...8, 9...10])
        #expect([0, 1, 4, 10].map(classes.rank) == [0, 1, 2, 5])
        #expect(FigureClasses([0, 0]).ranges.isEmpty)
        #expect(FigureClasses([5, 5, 5]).ranges == [5...5])
    }

    @Test(.enabled(if: SharedData.isThere)) func realOverviewIsLight() async throws {
        let site = try MapsSite(SharedData.municipalities() + SharedData.shelters())
        let html = await site.text("/maps?layer=EvacuationSpace&figure=EvacuationSpace")
        #expect(html.components(separatedBy: #"tabindex="-1"><path"#).count == 46)
        let compressed = await site.get("/maps", [.accept: "text/html", .acceptEncoding: "gzip"])
        #expect(MapsSite.bytes(compressed).count < 60_000, "\(MapsSite.bytes(compressed).count)")
    }
}
