/// What is counted of one route: answers by status, and how long they took.
package final class RouteMeter: Sendable {
    /// Upper ends of the histogram's buckets, in nanoseconds.
    package static let bounds: [UInt64] = [
        250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000,
        250_000_000, 1_000_000_000, 5_000_000_000,
    ]

    /// `GET /towns/{code}`.
    package let label: String
    /// By status from 100; other statuses count as 599.
    private let statuses: [Counter]
    /// Answers per bucket, the last one without end.
    private let buckets: [Counter]
    private let nanoseconds = Counter()

    private static let codes = [
        200, 201, 202, 204, 206, 207, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415,
        422, 428, 429, 431, 500, 501, 503,
    ]
    private static let slots: [Int] = (0..<600).map { code in codes.firstIndex(of: code) ?? codes.count }

    package init(_ label: String) {
        self.label = label
        statuses = (0...Self.codes.count).map { _ in Counter() }
        buckets = (0...Self.bounds.count).map { _ in Counter() }
    }

    package func record(status: Int, nanoseconds taken: UInt64) {
        statuses[Self.slots.indices.contains(status) ? Self.slots[status] : Self.codes.count].add()
        var bucket = 0
        while bucket < Self.bounds.count, taken > Self.bounds[bucket] { bucket += 1 }
        buckets[bucket].add()
        nanoseconds.add(Int(clamping: taken))
    }

    /// Answers so far by status; a status that Higo does not usually give appears as 599.
    package var counts: [(status: Int, count: Int)] {
        zip(Self.codes + [599], statuses).compactMap { $1.value > 0 ? ($0, $1.value) : nil }
    }

    /// Answers that took at most each bound, then all; and the sum of their times in seconds.
    package var histogram: (cumulative: [Int], seconds: Double) {
        var sum = 0
        let cumulative = buckets.map { bucket in
            sum += bucket.value
            return sum
        }
        return (cumulative, Double(nanoseconds.value) / 1e9)
    }
}
