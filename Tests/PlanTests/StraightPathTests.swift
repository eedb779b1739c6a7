import JSON
import Plan
import Testing

@Suite struct StraightPathTests {
    @Test func goesEvenlyFromBaselineToTarget() throws {
        let kpi = try #require(try PlanFixture.service().kpi("KPI-2-2-02"))
        let path = try #require(kpi.straightPaths.first)
        #expect(path.label == nil)
        #expect(path.points.map(\.year) == [2023, 2024, 2025, 2026, 2027, 2028])
        #expect(path.points.map(\.value.digits) == ["20", "25", "30", "35", "40", "45"])
    }

    @Test func keepsExactEndsAndRoundsBetween() throws {
        let kpi = try #require(try PlanFixture.service().kpi("KPI-3-1-01"))
        #expect(
            kpi.straightPaths.first?.points.map { $0.value.digits }
                == ["98.45", "98.69", "98.93", "99.18", "99.42", "99.66", "99.9"])
    }

    @Test func drawsOnePathForEachKindOfSchool() throws {
        let paths = try #require(try PlanFixture.service().kpi("KPI-2-4-04")).straightPaths
        #expect(paths.map(\.label) == ["小学校", "中学校", "県立高校"])
        #expect(paths.last?.points.map(\.value.digits) == ["100", "100", "100", "100", "100"])
    }

    @Test func drawsNoPathWithoutBaseline() throws {
        #expect(try #require(try PlanFixture.service().kpi("KPI-3-3-02")).straightPaths == [])
    }

    @Test func endsInTheTargetsOwnYear() throws {
        let service = try PlanFixture.service()
        let years = ["KPI-1-1-08": 2025, "KPI-1-1-07": 2026, "VIS-1-01": 2027, "KPI-2-1-04": 2029]
        for (id, year) in years {
            #expect(try #require(service.kpi(id)).straightPaths.first?.points.last?.year == year)
        }
    }
}
