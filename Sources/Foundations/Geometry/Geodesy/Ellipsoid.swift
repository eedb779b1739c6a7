import Foundation

/// WGS 84, and the distances on it.
enum Ellipsoid {
    static let equatorialRadius = 6_378_137.0
    static let flattening = 1 / 298.257_223_563
    static let polarRadius = equatorialRadius * (1 - flattening)
    /// The mean radius (2a + b) / 3, for the sphere.
    static let meanRadius = (2 * equatorialRadius + polarRadius) / 3

    static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

    /// Great-circle metres on the mean sphere; off by up to 0.5 %.
    static func haversine(_ a: Coordinate, _ b: Coordinate) -> Double {
        let (latitudeA, latitudeB) = (radians(a.latitude), radians(b.latitude))
        let half = sin((latitudeB - latitudeA) / 2)
        let across = sin(radians(b.longitude - a.longitude) / 2)
        let h = half * half + cos(latitudeA) * cos(latitudeB) * across * across
        return 2 * meanRadius * asin(min(1, h.squareRoot()))
    }

    /// Metres along the geodesic by Vincenty's inverse formula (1975), to the millimetre; `nil` for almost opposite
    /// places, where it does not converge.
    static func vincenty(_ a: Coordinate, _ b: Coordinate) -> Double? {
        let difference = radians(b.longitude - a.longitude)
        let reducedA = atan((1 - flattening) * tan(radians(a.latitude)))
        let reducedB = atan((1 - flattening) * tan(radians(b.latitude)))
        let (sinA, cosA, sinB, cosB) = (sin(reducedA), cos(reducedA), sin(reducedB), cos(reducedB))
        var lambda = difference
        for _ in 0..<100 {
            let (sinLambda, cosLambda) = (sin(lambda), cos(lambda))
            let (east, north) = (cosB * sinLambda, cosA * sinB - sinA * cosB * cosLambda)
            let sinSigma = (east * east + north * north).squareRoot()
            guard sinSigma > 0 else { return 0 }
            let cosSigma = sinA * sinB + cosA * cosB * cosLambda
            let sigma = atan2(sinSigma, cosSigma)
            let sinAlpha = cosA * cosB * sinLambda / sinSigma
            let cosSquaredAlpha = 1 - sinAlpha * sinAlpha
            let middle = cosSquaredAlpha > 0 ? cosSigma - 2 * sinA * sinB / cosSquaredAlpha : 0
            let c = flattening / 16 * cosSquaredAlpha * (4 + flattening * (4 - 3 * cosSquaredAlpha))
            let inner = middle + c * cosSigma * (-1 + 2 * middle * middle)
            let next = difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * inner)
            if abs(next - lambda) < 1e-12 {
                return metres(sigma, sinSigma, cosSigma, middle, cosSquaredAlpha)
            }
            lambda = next
        }
        return nil
    }

    private static func metres(
        _ sigma: Double, _ sinSigma: Double, _ cosSigma: Double, _ middle: Double, _ cosSquaredAlpha: Double
    ) -> Double {
        let (a, b) = (equatorialRadius, polarRadius)
        let u = cosSquaredAlpha * (a * a - b * b) / (b * b)
        let bigA = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
        let bigB = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
        let squared = middle * middle
        let third = bigB / 6 * middle * (-3 + 4 * sinSigma * sinSigma) * (-3 + 4 * squared)
        let delta = bigB * sinSigma * (middle + bigB / 4 * (cosSigma * (-1 + 2 * squared) - third))
        return b * bigA * (sigma - delta)
    }

    /// Metres of one degree of longitude and of latitude at a latitude.
    static func degreeLengths(at latitude: Double) -> (longitude: Double, latitude: Double) {
        let eccentricity = flattening * (2 - flattening)
        let sine = sin(radians(latitude))
        let w = 1 - eccentricity * sine * sine
        let prime = equatorialRadius / w.squareRoot()
        let meridian = equatorialRadius * (1 - eccentricity) / (w * w.squareRoot())
        return (radians(prime * cos(radians(latitude))), radians(meridian))
    }
}
