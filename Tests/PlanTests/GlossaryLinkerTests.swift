import Plan
import Testing

@Suite struct GlossaryLinkerTests {
    private func pieces(_ text: String, excluding: String? = nil) throws -> [GlossaryLinker.Piece] {
        try PlanFixture.service().linker.pieces(of: text, excluding: excluding)
    }

    @Test func cutsTextAtEveryTerm() throws {
        #expect(
            try pieces("観光データ基盤DMPを導入し官民でEBPMに活用") == [
                .text("観光データ基盤"), .term("DMP", id: "G-33"), .text("を導入し官民で"), .term("EBPM", id: "G-34"),
                .text("に活用"),
            ])
    }

    @Test func takesTheLongestSpelling() throws {
        #expect(
            try pieces("「くまもとメディカルネットワーク（KMN）」に参加") == [
                .text("「"), .term("くまもとメディカルネットワーク（KMN）", id: "G-04"), .text("」に参加"),
            ])
        #expect(try pieces("非パーソナルデータ") == [.term("非パーソナルデータ", id: "G-27")])
    }

    @Test func doesNotCutLatinWords() throws {
        #expect(try pieces("ADMP、DMPs、DMPの") == [.text("ADMP、DMPs、"), .term("DMP", id: "G-33"), .text("の")])
    }

    @Test func leavesOutTheTermBeingExplained() throws {
        #expect(try pieces("スマート防災", excluding: "G-11") == [.text("スマート防災")])
        #expect(try pieces("") == [])
    }
}
