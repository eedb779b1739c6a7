/// Maps values to a length, with round numbers at the ends and at even steps.
struct Scale: Sendable, Hashable {
    var ticks: [Double]
    var lowest: Double { ticks.first ?? 0 }
    var highest: Double { ticks.last ?? 1 }

    /// A scale that holds all values in about `steps` steps of 1, 2 or 5 times a power of ten; `fromZero` for bars.
    init(_ values: [Double], fromZero: Bool, steps: Int = 5) {
        let finite = values.filter(\.isFinite)
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if fromZero { (low, high) = (min(0, low), max(0, high)) }
        if high - low < 1e-12 {
            (low, high) =
                fromZero || low == 0
                ? (min(0, low), high == 0 ? 1 : max(0, high)) : (low - low.magnitude * 0.1, high + high.magnitude * 0.1)
        }
        let step = Self.step((high - low) / Double(max(1, steps)))
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        ticks = stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
    }

    /// The share of the way from the lowest to the highest, 0 to 1.
    func share(_ value: Double) -> Double { (value - lowest) / (highest - lowest) }

    private static func step(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? power * 10
    }
}
