import Geometry

/// Finds things by the box round them, on both databases; the caller then checks exactly with `Geometry`.
///
/// Things are numbers (the `int64` primary key of another table). Made by `Migration.Step.createGeoIndex`.
public struct GeoIndex: Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }
}
