/// Why a geometry was refused, and where in the input.
public struct GeometryError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// Something of another kind was expected ("an array of numbers").
        case expected(String)
        /// A member that must be there is not.
        case missingMember(String)
        /// `type` is none of the names of RFC 7946.
        case unknownType(String)
        /// Outside −180 … 180 degrees.
        case longitudeOutOfRange(Double)
        /// Outside −90 … 90 degrees.
        case latitudeOutOfRange(Double)
        /// The last position of a ring is not its first.
        case ringNotClosed
        /// A line needs two positions, a ring four.
        case tooFewPositions(needed: Int, found: Int)
        /// Collections nested deeper than the limit.
        case tooDeep(limit: Int)
        /// More positions than the limit.
        case tooManyPositions(limit: Int)
        /// The text or bytes break off or hold something else at this offset.
        case malformed(offset: Int, String)
        /// GEOS could not do it; its own words.
        case topology(String)
        /// A mesh code that JIS X 0410 does not know.
        case meshCode(String)
    }

    public var reason: Reason
    /// JSON Pointer (RFC 6901) to the value in question; empty for the whole input.
    public private(set) var pointer: String

    public init(_ reason: Reason, pointer: String = "") {
        self.reason = reason
        self.pointer = pointer
    }

    /// The same error seen from the value around: the pointer gains a first step.
    func inside(_ step: String) -> GeometryError {
        GeometryError(reason, pointer: "/\(step)\(pointer)")
    }

    public var description: String {
        pointer.isEmpty ? "\(sentence)." : "\(sentence) (at \(pointer))."
    }

    private var sentence: String {
        switch reason {
        case .expected(let what): "Expected \(what)"
        case .missingMember(let name): "The member \"\(name)\" is missing"
        case .unknownType(let name): "\"\(name)\" is not a GeoJSON type of RFC 7946"
        case .longitudeOutOfRange(let value): "Longitude \(value) is outside -180 to 180; give degrees, longitude first"
        case .latitudeOutOfRange(let value): "Latitude \(value) is outside -90 to 90; give degrees, longitude first"
        case .ringNotClosed: "A ring must end with the position it starts with"
        case .tooFewPositions(let needed, let found): "At least \(needed) positions are needed here, \(found) are given"
        case .tooDeep(let limit): "Collections are nested deeper than \(limit)"
        case .tooManyPositions(let limit): "There are more than \(limit) positions"
        case .malformed(let offset, let what): "\(what) at offset \(offset)"
        case .topology(let words): "The geometry cannot be used: \(words)"
        case .meshCode(let code): "\"\(code)\" is not a mesh code of JIS X 0410 (4, 6, 8, 9, 10 or 11 digits)"
        }
    }
}

/// Bounds on what a reader takes in; beyond them it refuses.
public struct GeometryLimits: Sendable, Hashable {
    /// Levels of collections inside collections.
    public var depth: Int
    /// Positions in one text.
    public var positions: Int

    public init(depth: Int = 8, positions: Int = 2_000_000) {
        self.depth = depth
        self.positions = positions
    }
}
