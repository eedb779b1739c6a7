import HigoTesting
import JSON
import Plan
import Testing
import Web

@Suite struct PlanPageTests {
    @Test func overviewShowsEveryFigureOnce() async throws {
        try await withPlanSite { site in
            let html = try await site.html("/plan")
            for kpi in try PlanFixture.service().document.kpis where kpi.repeatOf == nil {
                let rows = html.count(of: #"<th scope="row"><a href="/plan/kpis/\#(kpi.id)">"#)
                #expect(rows == max(1, kpi.breakdown.count), "\(kpi.id)")
            }
            #expect(html.count(of: #"<span class="chip grey">再掲</span>"#) == 4)
            #expect(html.contains(#"再掲</span> <a href="/plan/kpis/KPI-1-1-07">"#))
            #expect(html.contains("令和11年（2029年）"))
            #expect(!html.contains("{{") && !html.contains("plan."))
        }
    }

    @Test func overviewSaysTheSameAsJSON() async throws {
        try await withPlanSite { site in
            let facts = try await site.facts("/plan")
            #expect(
                facts["counts"] == [
                    "kpis": 53, "differentKpis": 49, "measures": 169, "differentMeasures": 153, "glossaryTerms": 39,
                ])
            let sections = (facts["parts"]?.arrayValue ?? []).flatMap { $0["sections"]?.arrayValue ?? [] }
            #expect(sections.count == 11)
            #expect(sections.compactMap { $0["kpis"]?.arrayValue?.count }.reduce(0, +) == 42)
            #expect(sections.compactMap { $0["repeatedKpis"]?.arrayValue?.count }.reduce(0, +) == 4)
            #expect(sections[2]["repeatedKpis"]?[0] == ["id": "KPI-1-3-01", "repeatOf": "KPI-1-2-04"])
            #expect((facts["visions"]?.arrayValue ?? []).compactMap { $0["kpis"]?.arrayValue?.count } == [4, 3])
        }
    }

    @Test func indicatorDrawsItsPathAndListsMeasures() async throws {
        try await withPlanSite { site in
            let html = try await site.html("/plan/kpis/KPI-3-1-01")
            #expect(html.count(of: "<svg ") == 2)
            #expect(html.contains("<td class=\"number\">98.93</td>"))
            #expect(html.count(of: #"<li id="m-3-1-"#) == 17)
            #expect(html.contains(#"<a href="/plan/glossary#G-01" class="term">"#))
        }
    }

    @Test func indicatorGivesNumbersAsNumbers() async throws {
        try await withPlanSite { site in
            let facts = try await site.facts("/plan/kpis/KPI-3-1-01")
            #expect(facts["baseline"] == ["value": .number("98.45"), "year": 2021, "printedYear": "R3"])
            #expect(facts["target"] == ["value": .number("99.9"), "year": 2027, "printedYear": "R9"])
            let points = facts["paths"]?[0]?["points"]?.arrayValue ?? []
            #expect(points.first == ["year": 2021, "value": .number("98.45")])
            #expect(points.count == 7)
            #expect(facts["measures"]?.arrayValue?.count == 17)
        }
    }

    @Test func indicatorByKindOfSchoolHasAPathForEach() async throws {
        try await withPlanSite { site in
            #expect(try await site.html("/plan/kpis/KPI-2-4-01").count(of: "<figure ") == 3)
            let facts = try await site.facts("/plan/kpis/KPI-2-4-01")
            #expect(facts["baseline"]?["value"]?.isNull == true)
            #expect(facts["breakdown"]?[2] == ["label": "県立高校", "baseline": .number("74.6"), "target": 100])
        }
    }

    @Test func unstatedValuesAreSaidInWords() async throws {
        try await withPlanSite { site in
            let html = try await site.html("/plan/kpis/KPI-3-3-02")
            #expect(html.contains("測定前"))
            #expect(html.contains("道すじは描けません"))
            #expect(html.contains("計画では「—」（現状値の記載なし）"))
            #expect(try await site.facts("/plan/kpis/KPI-3-3-02")["paths"] == [])
        }
    }

    @Test func reprintLeadsToItsOriginal() async throws {
        try await withPlanSite { site in
            let answer = try await site.get("/plan/kpis/KPI-2-1-01", accept: "text/html")
            #expect(answer.status == 308)
            #expect(answer["location"] == "/plan/kpis/KPI-1-1-07")
        }
    }

    @Test func unknownIndicatorIsNotFound() async throws {
        try await withPlanSite { site in
            let answer = try await site.get("/plan/kpis/KPI-9", accept: "application/json")
            #expect(answer.status == 404)
            #expect(answer.problem == "not-found")
        }
    }

    @Test func measuresAreListedAndFiltered() async throws {
        try await withPlanSite { site in
            #expect(try await site.html("/plan/measures").count(of: "<li id=\"m-") == 169)
            #expect(try await site.facts("/plan/measures")["total"] == 169)
            #expect(try await site.facts("/plan/measures", ["section": "1-2"])["total"] == 23)
            #expect(try await site.facts("/plan/measures", ["section": "1-2", "q": "製造業"])["total"] == 4)
            let html = try await site.html("/plan/measures", ["section": "1-2"])
            #expect(html.contains(#"<a href="/plan/measures?section=1-1#m-1-1-1-01">"#))
            #expect(html.contains(#"<option value="1-2" selected>"#))
            #expect(try await site.html("/plan/measures", ["q": "<b>"]).contains("条件に合う施策はありません"))
        }
    }

    @Test(arguments: ["/plan/measures?section=9", "/plan?colour=red", "/plan/search?q=a&q=b&limit=3"])
    func unknownParametersAreRefused(_ target: String) async throws {
        try await withPlanSite { site in
            let answer = try await site.get(target, accept: "application/json")
            #expect(answer.status == 400)
            #expect(answer.mediaType == "application/problem+json")
        }
    }

    @Test func glossaryExplainsAndLeadsBack() async throws {
        try await withPlanSite { site in
            let html = try await site.html("/plan/glossary")
            #expect(html.count(of: "<div id=\"G-") == 39)
            #expect(html.contains(#"<a href="/plan/kpis/KPI-1-2-03">"#))
            let facts = try await site.facts("/plan/glossary")
            #expect(facts["total"] == 39)
            #expect(facts["items"]?[32]?["kpis"] == ["KPI-1-2-03"])
        }
    }

    @Test func searchFindsAndEscapes() async throws {
        try await withPlanSite { site in
            let facts = try await site.facts("/plan/search", ["q": "赤潮"])
            #expect(facts["total"] == 1)
            #expect(facts["items"]?[0]?["path"] == "/plan/measures?section=1-1#m-1-1-2-13")
            let html = try await site.html("/plan/search", ["q": "<script>&\""])
            #expect(html.contains("&lt;script&gt;&amp;&quot;"))
            #expect(!html.contains("<script>&"))
            #expect(try await site.html("/plan/search").contains("2文字の言葉でも"))
        }
    }

    @Test(arguments: [Language.jaEasy, .en])
    func otherLanguagesSayWhatIsJapaneseOnly(_ language: Language) async throws {
        try await withPlanSite { site in
            let html = try await site.html("/plan", [:], language)
            #expect(html.contains("class=\"untranslated\""))
            #expect(html.contains(language == .en ? "Baseline year" : "<ruby>目標"))
        }
    }
}
