import Civic
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("熊本県熊本市中央区新屋敷一丁目１７番１号", "熊本県熊本市中央区新屋敷1-17-1"),
        ("熊本市東区東町４丁目１番６０号 ", "熊本市東区東町4-1-60"), ("熊本市中央区下通1丁目６‐１３", "熊本市中央区下通1-6-13"),
        ("熊本市南区富合町古閑１０１２番地", "熊本市南区富合町古閑1012"), ("熊本市西区河内町船津2470番地の1", "熊本市西区河内町船津2470-1"),
        ("天草市五和町二江4689-20", "天草市五和町二江4689-20"), ("荒尾市四ツ山町三丁目", "荒尾市四ツ山町3"),
        ("焼津市焼津二丁目７ー２", "焼津市焼津2-7-2"), ("高松市番町十丁目3番地", "高松市番町10-3"),
        ("八代市二見洲口町100番地 公民館", "八代市二見洲口町100 公民館"),
    ])
    func bringsAddressesToOneForm(text: String, expected: String) {
        #expect(JapaneseAddress.normalized(text) == expected)
    }

    @Test func leavesOutWhatListsLeaveOut() {
        #expect(
            JapaneseAddress.key("熊本県上益城郡御船町大字御船９９５番地１")
                == JapaneseAddress.key("御船町御船995-1"))
        #expect(JapaneseAddress.key("熊本市北区徳王1丁目8-1") != JapaneseAddress.key("熊本市北区徳王1丁目8-2"))
    }

    @Test func findsSwappedAndMissingCoordinates() {
        #expect(CoordinateCheck.of(latitude: 32.8, longitude: 130.7) == .inside)
        #expect(CoordinateCheck.of(latitude: 130.7, longitude: 32.8) == .swapped)
        #expect(CoordinateCheck.of(latitude: 0, longitude: 0) == .zero)
        #expect(CoordinateCheck.of(latitude: 27.9, longitude: -82.4) == .outsideJapan)
        #expect(CoordinateRange.kumamoto.contains(latitude: 32.43, longitude: 130.35))
        #expect(!CoordinateRange.kumamoto.contains(latitude: 34.86, longitude: 138.32))
    }
}
