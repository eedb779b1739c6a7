import Synchronization

/// A number that grows, counted by many threads without a lock.
package final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    package init() {}

    package var value: Int { number.load(ordering: .relaxed) }

    @inline(__always)
    package func add(_ count: Int = 1) { number.wrappingAdd(count, ordering: .relaxed) }
}
