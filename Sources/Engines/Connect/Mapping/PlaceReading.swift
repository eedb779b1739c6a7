import Civic
import JSON

/// The place that a row's coordinates give.
struct PlaceReading {
    var attribute: JSON?
    var longitude: Double?
    var latitude: Double?
    var isCorrected = false
    var warning: String?

    /// - Parameters:
    ///   - latitude: text of the latitude's cell.
    ///   - longitude: text of the longitude's cell.
    static func of(latitude: String, longitude: String) -> PlaceReading {
        let north = TextFolding.normalized(latitude)
        let east = TextFolding.normalized(longitude)
        if north.isEmpty || east.isEmpty { return PlaceReading(warning: "The row has no coordinates.") }
        guard let northDigits = Digits.number(north), let eastDigits = Digits.number(east),
            let northValue = Double(northDigits), let eastValue = Double(eastDigits)
        else { return PlaceReading(warning: "The coordinates are no decimal numbers.") }
        switch CoordinateCheck.of(latitude: northValue, longitude: eastValue) {
        case .inside: return at(longitude: eastDigits, latitude: northDigits, original: nil)
        case .swapped:
            var place = at(longitude: northDigits, latitude: eastDigits, original: "\(latitude), \(longitude)")
            place.isCorrected = true
            place.warning = "Latitude and longitude were exchanged; they are put right."
            return place
        case .zero: return PlaceReading(warning: "The coordinates are zero, which is no place.")
        case .outsideJapan: return PlaceReading(warning: "The coordinates lie outside Japan and are left out.")
        }
    }

    /// A cell such as `34.34, 134.04`.
    static func of(pair: String) -> PlaceReading {
        let parts = pair.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return PlaceReading(warning: "The row has no coordinates.") }
        return of(latitude: parts[0], longitude: parts[1])
    }

    private static func at(longitude: String, latitude: String, original: String?) -> PlaceReading {
        PlaceReading(
            attribute: Attributes.point(
                longitude: Digits.json(longitude), latitude: Digits.json(latitude), original: original),
            longitude: Double(longitude), latitude: Double(latitude))
    }
}
