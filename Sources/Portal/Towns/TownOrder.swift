import Platform

/// How the list of municipalities is ordered: a name, with `-` before it for the other way round.
struct TownOrder: Sendable, Hashable {
    enum Key: Hashable {
        case code, kana, population, area
        case count(TownCounts.Kind)
    }

    var key: Key
    var descends: Bool

    /// Unknown names never come here: the route's schema lists those allowed.
    init(_ text: String?) {
        let name = text ?? "code"
        descends = name.hasPrefix("-")
        key = Self.keys.first { $0.name == name.drop { $0 == "-" } }?.key ?? .code
    }

    static let keys: [(name: String, key: Key)] =
        [("code", .code), ("kana", .kana), ("population", .population), ("area", .area)]
        + TownCounts.Kind.allCases.map { ($0.rawValue, .count($0)) }

    static var names: [String] { keys.flatMap { [$0.name, "-" + $0.name] } }

    func sorted(_ towns: [Town]) -> [Town] {
        towns.sorted { left, right in
            guard let isFirst = precedes(left, right) else { return left.code < right.code }
            return isFirst != descends
        }
    }

    /// `nil` where both are equal.
    private func precedes(_ left: Town, _ right: Town) -> Bool? {
        switch key {
        case .code: Self.compare(left.code, right.code)
        case .kana: Self.compare(left.tenant.kana, right.tenant.kana)
        case .population: Self.compare(left.tenant.population ?? 0, right.tenant.population ?? 0)
        case .area: Self.compare(left.area, right.area)
        case .count(let kind): Self.compare(left.counts.count(kind), right.counts.count(kind))
        }
    }

    private static func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Bool? {
        left == right ? nil : left < right
    }
}
