import Connect
import Geometry
import Testing

@Suite struct SameAsTests {
    private func card(
        _ id: String, _ type: String, name: String, address: String = "", facility: String? = nil,
        latitude: Double? = nil
    ) -> PlaceCard {
        PlaceCard(
            id: id, type: type, municipality: "431001", name: PlaceCard.nameKey(name), address: address,
            facility: facility, place: latitude.map { Coordinate(longitude: 130.7, latitude: $0) })
    }

    @Test func joinsByTheStrongestRule() {
        let site = card("a", "EvacuationSite", name: "河内小学校", address: "1-1", facility: "E4310000003", latitude: 32.8)
        let shelter = card("b", "DesignatedShelter", name: "河内小学校", address: "1-1", facility: "E4310000003")
        let near = card("c", "EvacuationShelter", name: "河内小学校", address: "2-2", latitude: 32.8005)
        let far = card("d", "EvacuationShelter", name: "河内小学校", address: "2-2", latitude: 32.9)
        #expect(SameAsRule.between(site, shelter) == .commonID)
        #expect(SameAsRule.between(site, near) == .nameAndPlace)
        #expect(SameAsRule.between(site, far) == nil)
        #expect(SameAsRule.between(site, site) == nil)
    }

    @Test func linksBothWaysAndOnlyBetweenLists() {
        let cards = [
            card("a", "EvacuationSite", name: "中央公園", address: "1"),
            card("a2", "EvacuationSite", name: "中央公園", address: "1"),
            card("b", "DesignatedShelter", name: "中央公園", address: "1"),
        ]
        let links = SameAsMatcher.links(cards).mapValues { $0.map(\.other) }
        #expect(links == ["a": ["b"], "a2": ["b"], "b": ["a", "a2"]])
    }
}
