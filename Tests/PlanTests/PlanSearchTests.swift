import Plan
import Testing

@Suite struct PlanSearchTests {
    private func ids(_ words: String) throws -> [String] {
        try PlanFixture.service().find(words).map {
            switch $0 {
            case .kpi(let kpi): kpi.id
            case .measure(let measure): measure.id
            case .term(let term): term.id
            }
        }
    }

    @Test func findsWordsOfTwoCharacters() throws {
        #expect(try ids("避難").prefix(2) == ["KPI-2-2-03", "KPI-2-2-04"])
        #expect(try ids("移住") == ["VIS-2-02", "1-3-4-01", "1-3-4-02", "1-3-4-03"])
        #expect(try ids("赤潮") == ["1-1-2-13"])
    }

    @Test func foldsWidthCaseAndKana() throws {
        #expect(try ids("ＭａａＳ") == ids("maas"))
        #expect(try ids("どろーん") == ids("ドローン"))
        #expect(try ids("ﾄﾞﾛｰﾝ").first == "KPI-2-2-02")
    }

    @Test func wantsEveryWord() throws {
        #expect(try ids("ドローン　市町村") == ["KPI-2-2-02", "2-2-1-05"])
        #expect(try ids("ドローン 赤潮") == [])
    }

    @Test func findsByIdAndTerm() throws {
        #expect(try ids("KPI-3-4-02") == ["KPI-3-4-02"])
        #expect(try ids("EBPM") == ["G-34", "1-2-3-06"])
    }

    @Test func findsRepeatedOnesOnce() throws {
        #expect(try ids("介護ロボット") == ["KPI-1-1-07"])
    }

    @Test(arguments: ["", " ", "　\n", "存在しない言葉"])
    func findsNothing(_ words: String) throws {
        #expect(try ids(words) == [])
    }
}
