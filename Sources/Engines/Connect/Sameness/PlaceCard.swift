import Civic
import Entities
import Geometry
import JSON

/// What is compared to tell whether two entities are the same place.
package struct PlaceCard: Sendable {
    package var id: String
    package var type: String
    package var municipality: String?
    /// Folded name without spaces.
    package var name: String
    /// Folded address.
    package var address: String
    /// The part of the common id that names the facility: `E`, five digits of the body, five of the facility.
    package var facility: String?
    package var place: Coordinate?

    package init(
        id: String, type: String, municipality: String?, name: String, address: String, facility: String?,
        place: Coordinate?
    ) {
        self.id = id
        self.type = type
        self.municipality = municipality
        self.name = name
        self.address = address
        self.facility = facility
        self.place = place
    }

    package init?(_ entity: StoredEntity) {
        guard let tree = try? JSON(parsing: entity.document),
            let name = tree["name"]?["value"]?.stringValue
        else { return nil }
        id = entity.id
        type = entity.types.first ?? ""
        municipality = entity.municipality
        self.name = PlaceCard.nameKey(name)
        address = tree["fullAddress"]?["value"]?.stringValue.map(JapaneseAddress.key) ?? ""
        facility = tree["commonId"]?["value"]?.stringValue.flatMap(PlaceCard.facility)
        if case .point(let point)? = tree["location"]?["value"].flatMap({ try? Geometry(geoJSON: $0) }) {
            place = point
        }
    }

    package static func nameKey(_ name: String) -> String { TextFolding.headerKey(name) }

    package static func facility(_ commonID: String) -> String? {
        guard let id = ShelterID(commonID), id.isPublishedForm else { return nil }
        return String(id.text.prefix(11))
    }
}

/// Why two entities are taken for the same place.
package struct SameAsRule: Sendable, Equatable {
    package var name: String
    /// 0 to 1.
    package var score: String

    package static let commonID = SameAsRule(name: "common-id-and-name", score: "0.99")
    package static let nameAndAddress = SameAsRule(name: "name-and-address", score: "0.95")
    package static let nameAndPlace = SameAsRule(name: "name-within-150-m", score: "0.9")
    package static let addressAndPlace = SameAsRule(name: "address-within-50-m", score: "0.7")

    /// The strongest rule that holds between two cards of different lists.
    package static func between(_ left: PlaceCard, _ right: PlaceCard) -> SameAsRule? {
        guard left.type != right.type, left.municipality == right.municipality else { return nil }
        let sameName = left.name == right.name && !left.name.isEmpty
        let sameAddress = left.address == right.address && !left.address.isEmpty
        if sameName, let facility = left.facility, facility == right.facility { return .commonID }
        if sameName, sameAddress { return .nameAndAddress }
        guard let here = left.place, let there = right.place else { return nil }
        let distance = PlaceDistance.metres(here, there)
        if sameName, distance <= 150 { return .nameAndPlace }
        if sameAddress, distance <= 50, PlaceCard.similar(left.name, right.name) { return .addressAndPlace }
        return nil
    }
}

extension PlaceCard {
    /// One name contains the other: 中央小学校 and 中央小学校体育館.
    package static func similar(_ left: String, _ right: String) -> Bool {
        !left.isEmpty && !right.isEmpty && (left.contains(right) || right.contains(left))
    }
}

/// Short distances on the sphere.
enum PlaceDistance {
    static func metres(_ left: Coordinate, _ right: Coordinate) -> Double {
        let degree = 111_320.0
        let north = (left.latitude - right.latitude) * degree
        // Kumamoto lies at 32.5° north; cos 32.5° keeps the error of a kilometre under 1 % in all of Kyushu.
        let east = (left.longitude - right.longitude) * degree * 0.843
        return (north * north + east * east).squareRoot()
    }
}
