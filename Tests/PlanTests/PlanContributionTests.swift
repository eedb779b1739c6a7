import HigoTesting
import JSON
import Plan
import Testing
import Web

@Suite struct PlanContributionTests {
    @Test func homeShowsTheVisions() async throws {
        try await withPlanSite { site in
            for case .homePanel(_, let panel) in try site.contributions() {
                let panel = try #require(try await panel(site.call("/")))
                #expect(panel.html.text.count(of: "class=\"figure\"") == 7)
                #expect(panel.html.text.contains("目標 45,400（令和9年（2027年））"))
                #expect(panel.html.text.contains("（小学校（公立）・中学校（公立））"))
                #expect(panel.html.text.contains("47.2・38.8"))
                #expect(panel.facts["kpis"]?.arrayValue?.count == 7)
                #expect(panel.facts["kpis"]?[0]?["baseline"]?["value"] == 34785)
            }
        }
    }

    @Test func townShowsWhatMunicipalitiesHaveAShareIn() async throws {
        try await withPlanSite { site in
            for case .townPanel(_, let panel) in try site.contributions() {
                let panel = try #require(try await panel(site.call("/towns/431001"), "431001"))
                #expect(panel.html.text.count(of: "<th scope=\"row\">") == 7)
                #expect(panel.html.text.count(of: "まだ報告がありません") == 7)
                #expect(panel.facts["kpis"]?[0]?["value"]?.isNull == true)
                #expect(panel.facts["kpis"]?[0]?["municipalityCode"] == "431001")
            }
        }
    }

    @Test func siteSearchFindsThePlan() async throws {
        try await withPlanSite { site in
            for case .search(_, let search) in try site.contributions() {
                let group = try await search(site.call("/search"), "ドローン", 2)
                #expect(group.hits.map(\.path) == ["/plan/kpis/KPI-2-2-02", "/plan/measures?section=1-1#m-1-1-4-02"])
                #expect(group.total == 4)
                #expect(group.morePath == "/plan/search?q=%E3%83%89%E3%83%AD%E3%83%BC%E3%83%B3")
            }
        }
    }

    @Test func wordsHaveTheSameKeysAndArguments() async throws {
        try await withPlanSite { site in
            let words = site.ports.pages.words
            let keys = { (language: Language) in words.keys(language).filter { $0.hasPrefix("plan.") } }
            for language in Language.allCases {
                #expect(keys(language) == keys(.ja))
                for key in keys(.ja) {
                    #expect(words.argumentNames(key, language) == words.argumentNames(key, .ja), "\(language) \(key)")
                }
            }
        }
    }

    @Test func noKeyIsTheBeginningOfAnother() async throws {
        try await withPlanSite { site in
            let keys = site.ports.pages.words.keys(.ja)
            for key in keys {
                #expect(!keys.contains { $0.hasPrefix(key + ".") }, "Templates cannot reach past \(key).")
            }
        }
    }

    @Test func everyRouteIsOpenAndAnswersBothWays() async throws {
        try await withPlanSite { site in
            for route in site.site.table.routes where route.operation.tag == "plan" {
                #expect(route.access == .open)
                #expect(route.operation.produces == ["text/html", "application/json"])
            }
        }
    }
}
