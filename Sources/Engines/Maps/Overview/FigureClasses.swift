/// At most five classes with about as many municipalities each, from few to many; zero is a class of its own.
package struct FigureClasses: Sendable, Hashable {
    package let ranges: [ClosedRange<Int>]

    package init(_ values: some Collection<Int>) {
        let sorted = values.filter { $0 > 0 }.sorted()
        let wanted = min(5, Set(sorted).count)
        var ranges: [ClosedRange<Int>] = []
        var start = 0
        for rank in 1...max(wanted, 1) where start < sorted.count {
            var end = max(start + 1, sorted.count * rank / max(wanted, 1))
            while end < sorted.count, sorted[end] == sorted[end - 1] { end += 1 }
            ranges.append(sorted[start]...sorted[end - 1])
            start = end
        }
        self.ranges = ranges
    }

    /// 1 for the lowest class, 0 for none.
    package func rank(_ value: Int) -> Int {
        guard value > 0 else { return 0 }
        return (ranges.firstIndex { value <= $0.upperBound } ?? ranges.count - 1) + 1
    }

    /// The name of the rank's colours in the style sheet; few classes are spread over all five.
    package func style(_ rank: Int) -> String {
        guard rank > 0 else { return "rank-none" }
        return ranges.count < 2 ? "rank-3" : "rank-\(1 + (rank - 1) * 4 / (ranges.count - 1))"
    }
}
