import Civic
import Foundation
import HigoTesting
import Platform
import Storage
import Testing

@Suite struct IndicatorsTests {
    private let count = Indicator("test.users", .count, labels: ["ja": "利用者", "en": "Users"], unit: "人")
    private let sum = Indicator("test.fees", .sum, labels: [:], unit: "円")
    private let latest = Indicator("test.stock", .latest, labels: [:], unit: "件")
    private let ratio = Indicator(
        "test.share", .ratio, labels: [:], unit: "円/人", parts: .init("test.fees", over: "test.users"))

    private func withIndicators(
        _ kind: TestDatabase.Kind, _ body: (TestPlatform, Indicators) async throws -> Void
    ) async throws {
        try await withPlatform(kind) { platform in
            try await body(platform, Indicators(database: platform.databases.main, [count, sum, latest, ratio]))
        }
    }

    private func record(_ platform: TestPlatform, _ facts: [Fact]) async throws {
        try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
            for fact in facts { try transaction.record(fact) }
        }
        try await fold(platform)
    }

    private func fold(_ platform: TestPlatform) async throws {
        try await platform.waitForHorizon()
        for consumer in PlatformServices.consumers {
            try await ConsumerRunner(consumer, database: platform.databases.main, holder: "a").run(platform.context)
        }
    }

    private func day(_ month: Int, _ day: Int, year: Int = 2026) throws -> CivilDate {
        try #require(CivilDate(year: year, month: month, day: day))
    }

    private func year(_ step: FigurePeriod.Step = .whole) throws -> FigurePeriod {
        try #require(FigurePeriod(FiscalYear(2026), by: step))
    }

    private func user(_ key: String, _ tenant: TenantID, _ day: CivilDate, school: String? = nil) -> Fact {
        Fact(
            indicator: "test.users", key: key, tenant: tenant, day: day,
            breakdown: school.map { ["school": $0] } ?? [:], evidence: "/users/\(key)")
    }

    @Test(arguments: TestDatabase.kinds)
    func countsEachKeyOnceByMonthTenantAndBreakdown(kind: TestDatabase.Kind) async throws {
        try await withIndicators(kind) { platform, indicators in
            try await record(
                platform,
                [
                    user("a", "431001", try day(4, 1), school: "小学校"),
                    user("b", "431001", try day(4, 30), school: "中学校"),
                    user("c", "432024", try day(5, 1), school: "小学校"),
                    user("a", "431001", try day(4, 1), school: "小学校"),
                    user("old", "431001", try day(3, 31), school: "小学校"),
                ])
            let whole = try await indicators.series(platform.context, "test.users", period: year())
            #expect(whole == [FigurePoint(start: try day(4, 1), value: 3)])
            let months = try await indicators.series(
                platform.context, "test.users", period: year(.month), by: [.tenant])
            #expect(
                months == [
                    FigurePoint(start: try day(4, 1), tenant: "431001", value: 2),
                    FigurePoint(start: try day(5, 1), tenant: "432024", value: 1),
                ])
            let schools = try await indicators.series(
                platform.context, "test.users", tenants: ["431001"], period: year(), by: [.breakdown("school")])
            #expect(
                schools == [
                    FigurePoint(start: try day(4, 1), breakdown: ["school": "中学校"], value: 1),
                    FigurePoint(start: try day(4, 1), breakdown: ["school": "小学校"], value: 1),
                ])
            let evidence = try await indicators.evidence(platform.context, "test.users", period: year())
            #expect(evidence.map(\.evidence) == ["/users/c", "/users/b", "/users/a"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func movesAndTakesBackFacts(kind: TestDatabase.Kind) async throws {
        try await withIndicators(kind) { platform, indicators in
            try await record(platform, [user("a", "431001", try day(4, 1)), user("b", "431001", try day(4, 1))])
            try await record(platform, [user("a", "432024", try day(6, 1))])
            try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
                try transaction.retractFact(indicator: "test.users", key: "b")
                try transaction.retractFact(indicator: "test.users", key: "never-there")
            }
            try await fold(platform)
            let series = try await indicators.series(
                platform.context, "test.users", period: year(.month), by: [.tenant])
            #expect(series == [FigurePoint(start: try day(6, 1), tenant: "432024", value: 1)])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func keepsEveryDigitOfSumsAndRatios(kind: TestDatabase.Kind) async throws {
        try await withIndicators(kind) { platform, indicators in
            let cents = try #require(Decimal(string: "0.1"))
            let facts = try (1...30).map { number in
                Fact(
                    indicator: "test.fees", key: "\(number)", tenant: "431001", day: try day(4, number),
                    value: cents, evidence: "/fees/\(number)")
            }
            try await record(platform, facts)
            let fees = try await indicators.series(platform.context, "test.fees", period: year())
            #expect(fees.map(\.value) == [3])
            let without = try await indicators.series(platform.context, "test.share", period: year())
            #expect(without.isEmpty)
            try await record(platform, try (1...4).map { user("\($0)", "431001", try day(4, 1)) })
            let share = try await indicators.series(platform.context, "test.share", period: year())
            #expect(share.map(\.value) == [try #require(Decimal(string: "0.75"))])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func aStockIsItsLastValueAddedOverTenants(kind: TestDatabase.Kind) async throws {
        try await withIndicators(kind) { platform, indicators in
            func stock(_ key: String, _ tenant: TenantID, _ day: CivilDate, _ value: Decimal) -> Fact {
                Fact(indicator: "test.stock", key: key, tenant: tenant, day: day, value: value, evidence: "/stock")
            }
            try await record(
                platform,
                [
                    stock("1", "431001", try day(4, 1), 10), stock("2", "431001", try day(5, 1), 12),
                    stock("3", "432024", try day(4, 15), 5),
                ])
            platform.clock.advance(bySeconds: 1)
            try await record(platform, [stock("4", "432024", try day(4, 15), 7)])
            let whole = try await indicators.series(platform.context, "test.stock", period: year())
            #expect(whole.map(\.value) == [19])
            let months = try await indicators.series(platform.context, "test.stock", period: year(.month))
            #expect(months.map(\.value) == [17, 12])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAnUnknownIndicator(kind: TestDatabase.Kind) async throws {
        try await withIndicators(kind) { platform, indicators in
            let unknown = await refusal {
                try await indicators.series(platform.context, "test.nothing", period: year())
            }
            #expect(unknown?.code == .notFound)
        }
    }
}
