/// A box of latitudes and longitudes in degrees.
public struct CoordinateRange: Sendable, Equatable {
    public let latitude: ClosedRange<Double>
    public let longitude: ClosedRange<Double>

    /// All of Japan with its remote islands (沖ノ鳥島, 南鳥島, 与那国島, 択捉島).
    public static let japan = CoordinateRange(latitude: 20.2...45.8, longitude: 122.7...154.2)

    /// Kumamoto prefecture with 天草, with a margin of about 2 km.
    public static let kumamoto = CoordinateRange(latitude: 32.05...33.22, longitude: 129.90...131.35)

    public func contains(latitude: Double, longitude: Double) -> Bool {
        self.latitude.contains(latitude) && self.longitude.contains(longitude)
    }
}

/// What two numbers that should be latitude and longitude turn out to be.
public enum CoordinateCheck: Equatable, Sendable {
    case inside
    /// The two columns hold each other's value.
    case swapped
    /// Both are zero, which stands for «unknown».
    case zero
    case outsideJapan

    public static func of(latitude: Double, longitude: Double) -> CoordinateCheck {
        if latitude == 0, longitude == 0 { return .zero }
        if CoordinateRange.japan.contains(latitude: latitude, longitude: longitude) { return .inside }
        if CoordinateRange.japan.contains(latitude: longitude, longitude: latitude) { return .swapped }
        return .outsideJapan
    }
}
