import Civic
import Testing

@Suite struct CodeTests {
    @Test(arguments: [
        ("43000", "430005"), ("43100", "431001"), ("43202", "432024"), ("43101", "431010"), ("22212", "222127"),
        ("37201", "372013"), ("01100", "011002"), ("13101", "131016"),
    ])
    func computesCheckDigits(five: String, six: String) throws {
        let code = try #require(MunicipalityCode(five))
        #expect(code.sixDigits == six)
        #expect(MunicipalityCode(six) == code)
        #expect(code.fiveDigits == five)
    }

    @Test(arguments: ["430006", "431002", "990001", "48000", "4310", "43100x", "４３１００１", ""])
    func refusesWrongCodes(text: String) {
        #expect(MunicipalityCode(text) == nil)
    }

    @Test func knowsThePrefectureOfACode() throws {
        let code = try #require(MunicipalityCode("431001"))
        #expect(code.prefecture.name == "熊本県")
        #expect(!code.isPrefecture)
        #expect(Prefecture.kumamoto.code?.sixDigits == "430005")
        #expect(Prefecture(name: "鹿児島県")?.number == 46)
        #expect(Prefecture.opening("神奈川県横浜市")?.twoDigits == "14")
    }

    @Test func checksCorporateNumbers() {
        #expect(CorporateNumber("7000020430005") != nil)
        #expect(CorporateNumber("8000020430005") == nil)
        #expect(CorporateNumber("700002043000") == nil)
    }

    @Test func checksShelterIdentifiers() {
        #expect(ShelterID("E4310000002111")?.isPublishedForm == true)
        #expect(ShelterID("43100000002111")?.isPublishedForm == false)
        #expect(ShelterID("E431000000211") == nil)
        #expect(ShelterID("X4310000002111") == nil)
    }
}
