/// A cell of the regional mesh of JIS X 0410, by its code.
public struct MeshCode: Sendable, Hashable, CustomStringConvertible {
    /// The size of the cells.
    public enum Level: Int, Sendable, CaseIterable {
        /// 第1次地域区画, about 80 km, 4 digits.
        case first = 4
        /// 第2次地域区画, about 10 km, 6 digits.
        case second = 6
        /// 第3次地域区画 (基準地域メッシュ), about 1 km, 8 digits.
        case third = 8
        /// 2分の1地域メッシュ, about 500 m, 9 digits.
        case half = 9
        /// 4分の1地域メッシュ, about 250 m, 10 digits.
        case quarter = 10
        /// 8分の1地域メッシュ, about 125 m, 11 digits.
        case eighth = 11

        /// Cells in one first-level cell, along each side.
        var divisions: Int {
            switch self {
            case .first: 1
            case .second: 8
            case .third: 80
            case .half: 160
            case .quarter: 320
            case .eighth: 640
            }
        }
    }

    public let level: Level
    /// Cells of this level north of the equator.
    private let row: Int
    /// Cells of this level east of 100° E.
    private let column: Int

    /// The cell that holds a place; `nil` outside 0–66.66° N, 100–180° E, where there are no codes.
    public init?(of place: Coordinate, level: Level) {
        guard place.latitude >= 0, place.latitude < 200.0 / 3, place.longitude >= 100, place.longitude < 180 else {
            return nil
        }
        self.level = level
        row = Self.floor(place.latitude * 1.5 * Double(level.divisions))
        column = Self.floor((place.longitude - 100) * Double(level.divisions))
    }

    /// Reads a code of 4, 6, 8, 9, 10 or 11 digits.
    public init(_ code: String) throws(GeometryError) {
        let digits = code.utf8.compactMap { (0x30...0x39).contains($0) ? Int($0 - 0x30) : nil }
        guard digits.count == code.utf8.count, let level = Level(rawValue: digits.count) else {
            throw GeometryError(.meshCode(code))
        }
        var (row, column) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard column < 80 else { throw GeometryError(.meshCode(code)) }
        for (start, base) in [(4, 8), (6, 10)] where digits.count > start {
            guard digits[start] < base, digits[start + 1] < base else { throw GeometryError(.meshCode(code)) }
            (row, column) = (row * base + digits[start], column * base + digits[start + 1])
        }
        for digit in digits.dropFirst(8) {
            guard (1...4).contains(digit) else { throw GeometryError(.meshCode(code)) }
            (row, column) = (row * 2 + (digit - 1) / 2, column * 2 + (digit - 1) % 2)
        }
        (self.level, self.row, self.column) = (level, row, column)
    }

    /// The digits of the code.
    public var description: String {
        let (rows, columns) = (row / level.divisions, column / level.divisions)
        var code = Self.two(rows) + Self.two(columns)
        for (step, base) in [(Level.second, 8), (.third, 10)] where level.rawValue >= step.rawValue {
            let part = level.divisions / step.divisions
            code += "\(row / part % base)\(column / part % base)"
        }
        for step in [Level.half, .quarter, .eighth] where level.rawValue >= step.rawValue {
            let part = level.divisions / step.divisions
            code += "\(row / part % 2 * 2 + column / part % 2 + 1)"
        }
        return code
    }

    /// The cell's edges in degrees.
    public var boundingBox: BoundingBox {
        let divisions = Double(level.divisions)
        return BoundingBox(
            west: 100 + Double(column) / divisions, south: Double(row) / divisions / 1.5,
            east: 100 + Double(column + 1) / divisions, north: Double(row + 1) / divisions / 1.5)
    }

    public var center: Coordinate { boundingBox.center }

    /// The larger cell around; itself when it is already that large.
    public func enclosing(_ larger: Level) -> MeshCode? { MeshCode(of: center, level: larger) }

    /// A corner computed from its own code may lie a rounding error below the edge; it belongs to the cell above.
    private static func floor(_ value: Double) -> Int {
        let nearest = value.rounded()
        return Int(abs(value - nearest) < 1e-8 ? nearest : value.rounded(.down))
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
