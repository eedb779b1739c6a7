/// Placeholder until the real one lands.
public enum Geometry: Sendable { case empty }
