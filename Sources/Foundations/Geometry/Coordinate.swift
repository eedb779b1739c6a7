/// A position on WGS 84: degrees of longitude and latitude, and metres above the ellipsoid when known (RFC 7946 §3.1.1).
public struct Coordinate: Sendable, Hashable {
    /// Degrees east, −180 … 180.
    public var longitude: Double
    /// Degrees north, −90 … 90.
    public var latitude: Double
    /// Metres, when known.
    public var altitude: Double?

    public init(longitude: Double, latitude: Double, altitude: Double? = nil) {
        self.longitude = longitude
        self.latitude = latitude
        self.altitude = altitude
    }

    /// Whether both numbers lie in the ranges of WGS 84 degrees.
    public var isInRange: Bool {
        (-180...180).contains(longitude) && (-90...90).contains(latitude)
    }

    /// The same place, whatever the altitude.
    public func isSamePlace(as other: Coordinate) -> Bool {
        longitude == other.longitude && latitude == other.latitude
    }
}
