import Entities
import Platform
import Storage
import Web

/// How many entities of each kind are about a municipality.
///
/// The kind follows from the type's name, as Smart Data Models, GTFS and the area's data models name things: what
/// observes is a sensor. What is no place to go to, such as figures of the population, is none of these.
struct TownCounts: Sendable, Hashable {
    enum Kind: String, Sendable, CaseIterable { case shelters, facilities, sensors, transport, other }

    private(set) var byType: [String: Int]

    init(_ byType: [String: Int]) { self.byType = byType.filter { Self.kind(of: $0.key) != nil } }

    var total: Int { byType.values.reduce(0, +) }

    func count(_ kind: Kind) -> Int { byType.filter { Self.kind(of: $0.key) == kind }.values.reduce(0, +) }

    /// `nil` for areas: the outline of a municipality is not a thing in it.
    static func kind(of type: String) -> Kind? {
        if type == "AdministrativeArea" { return nil }
        if type.hasPrefix("Gtfs") { return .transport }
        if type.hasPrefix("Evacuation") || type.hasSuffix("Shelter") { return .shelters }
        if sensors.contains(type) || observing.contains(where: type.hasSuffix) { return .sensors }
        if facilities.contains(type) || type.hasSuffix("Facility") || type.hasSuffix("Parking") { return .facilities }
        return .other
    }

    private static let observing = ["Observed", "Monitoring", "Measurement"]
    private static let sensors: Set = ["Device", "PeopleFlow"]
    private static let facilities: Set = [
        "AED", "CareService", "CulturalProperty", "FireHydrant", "GovernmentOrganization", "ParkingLot",
        "PointOfInterest", "PublicToilet", "PublicWirelessLAN", "TouristSpot",
    ]
}

extension TownCounts.Kind {
    var label: WordKey { WordKey("portal.count.\(rawValue)") }
}

/// A municipality with its counts.
struct Town: Sendable {
    var tenant: Tenant
    var counts: TownCounts

    var code: String { tenant.id.rawValue }
    var path: String { "/towns/\(code)" }
    var area: Double { tenant.areaKm2.flatMap(Double.init) ?? 0 }

    static func all(_ call: Call, _ ports: Ports) async throws -> [Town] {
        let counts = try await ports.entities.countsByMunicipality(call.context)
        return ports.platform.tenants.current.municipalities.map {
            Town(tenant: $0, counts: TownCounts(counts[$0.id.rawValue] ?? [:]))
        }
    }
}

extension WordBook {
    /// The name of a county (郡) for the reader; as it stands if the words files do not know it.
    func county(_ name: String) -> Phrase {
        let key = WordKey("portal.county.\(name)")
        return has(key) ? self[key] : inJapanese(Phrase(name))
    }
}
