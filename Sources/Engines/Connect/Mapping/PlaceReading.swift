import Civic
import JSON

/// The place that a row's coordinates give.
struct PlaceReading {
    var attribute: JSON?
    var longitude: Double?
    var latitude: Double?
    var isCorrected = false
    var warning: Remark?

    /// - Parameters:
    ///   - latitude: text of the latitude's cell.
    ///   - longitude: text of the longitude's cell.
    static func of(latitude: String, longitude: String) -> PlaceReading {
        let north = TextFolding.normalized(latitude)
        let east = TextFolding.normalized(longitude)
        if north.isEmpty || east.isEmpty { return PlaceReading(warning: Remark(.noCoordinates)) }
        guard let northDigits = Digits.number(north), let eastDigits = Digits.number(east),
            let northValue = Double(northDigits), let eastValue = Double(eastDigits)
        else { return PlaceReading(warning: Remark(.coordinatesNoNumbers)) }
        switch CoordinateCheck.of(latitude: northValue, longitude: eastValue) {
        case .inside: return at(longitude: eastDigits, latitude: northDigits, original: nil)
        case .swapped:
            var place = at(longitude: northDigits, latitude: eastDigits, original: "\(latitude), \(longitude)")
            place.isCorrected = true
            place.warning = Remark(.coordinatesExchanged)
            return place
        case .zero: return PlaceReading(warning: Remark(.coordinatesZero))
        case .outsideJapan: return PlaceReading(warning: Remark(.coordinatesOutside))
        }
    }

    /// A cell such as `34.34, 134.04`.
    static func of(pair: String) -> PlaceReading {
        let parts = pair.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return PlaceReading(warning: Remark(.noCoordinates)) }
        return of(latitude: parts[0], longitude: parts[1])
    }

    private static func at(longitude: String, latitude: String, original: String?) -> PlaceReading {
        PlaceReading(
            attribute: Attributes.point(
                longitude: Digits.json(longitude), latitude: Digits.json(latitude), original: original),
            longitude: Double(longitude), latitude: Double(latitude))
    }
}
