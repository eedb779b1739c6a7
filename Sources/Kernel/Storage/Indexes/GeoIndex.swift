/// Finds things by the box round them, on both databases; the caller then checks exactly with `Geometry`.
///
/// Things are numbers (the `int64` primary key of another table). Made by `Migration.Step.createGeoIndex`.
public struct GeoIndex: Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }

    /// A box in degrees that does not cross the antimeridian: split one that does, and ask for either half.
    public struct Box: Sendable, Hashable {
        public var west: Double
        public var south: Double
        public var east: Double
        public var north: Double

        public init(west: Double, south: Double, east: Double, north: Double) {
            self.west = west
            self.south = south
            self.east = east
            self.north = north
        }

        var arguments: [SQLValue] { [.double(west), .double(east), .double(south), .double(north)] }
    }

    /// Sets the box of a thing.
    public func put(_ number: Int64, _ box: Box, in transaction: any Transaction) throws(Refusal) {
        try putMany([(number: number, box: box)], in: transaction)
    }

    /// Sets the boxes of many things.
    public func putMany(
        _ things: [(number: Int64, box: Box)], in transaction: any Transaction
    ) throws(Refusal) {
        let statement =
            switch transaction.dialect {
            case .sqlite:
                "INSERT OR REPLACE INTO \(name) (number, west, east, south, north) VALUES (?, ?, ?, ?, ?)"
            case .postgresql:
                "INSERT INTO \(name) (number, area) SELECT v.n, box(point(v.w, v.s), point(v.e, v.t)) "
                    + "FROM (VALUES (?, ?, ?, ?, ?)) AS v (n, w, e, s, t) "
                    + "ON CONFLICT (number) DO UPDATE SET area = excluded.area"
            }
        try transaction.executeMany(statement, things.map { [.int64($0.number)] + $0.box.arguments })
    }

    /// Forgets a thing; no harm if it is not there.
    public func remove(_ number: Int64, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute("DELETE FROM \(name) WHERE number = ?", [.int64(number)])
    }

    /// What is true of rows whose box shares a point with one of `boxes`, and perhaps of a few just outside: check
    /// exactly afterwards. `column` is the column with the thing's number.
    public func condition(intersecting boxes: [Box], number column: String, dialect: Dialect) -> SQLFragment {
        let found = SQLFragment.any(boxes.map { Self.overlap($0, dialect) })
        return SQLFragment("\(column) IN (SELECT number FROM \(name) WHERE \(found.sql))", found.arguments)
    }

    /// Selects the `number` of the things whose box shares a point with one of `boxes`, and perhaps of a few just outside.
    public func numbers(intersecting boxes: [Box], dialect: Dialect) -> SQLFragment {
        let found = SQLFragment.any(boxes.map { Self.overlap($0, dialect) })
        return SQLFragment("SELECT number FROM \(name) WHERE \(found.sql)", found.arguments)
    }

    private static func overlap(_ box: Box, _ dialect: Dialect) -> SQLFragment {
        switch dialect {
        case .sqlite:
            SQLFragment(
                "east >= ? AND west <= ? AND north >= ? AND south <= ?",
                [.double(box.west), .double(box.east), .double(box.south), .double(box.north)])
        case .postgresql:
            SQLFragment(
                "area && box(point(?, ?), point(?, ?))",
                [.double(box.west), .double(box.south), .double(box.east), .double(box.north)])
        }
    }
}
