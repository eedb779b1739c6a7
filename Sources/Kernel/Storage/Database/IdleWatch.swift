import Dispatch
import Synchronization

/// Calls `close` when something was not touched for a while. Vaults let go of their connections so.
package final class IdleWatch: Sendable {
    private let seconds: Double
    private let close: @Sendable () -> Void
    private let touched = Atomic<UInt64>(0)
    private let isWatching = Atomic<Bool>(false)
    private static let queue = DispatchQueue(label: "higo.idle", qos: .utility)

    package init(seconds: Double, close: @escaping @Sendable () -> Void) {
        self.seconds = seconds
        self.close = close
    }

    package func touch() {
        touched.store(monotonicNanoseconds(), ordering: .relaxed)
        if !isWatching.exchange(true, ordering: .acquiringAndReleasing) { look(after: seconds) }
    }

    private func look(after delay: Double) {
        Self.queue.asyncAfter(deadline: .now() + delay) { [weak self] in
            guard let self else { return }
            let idle = Double(monotonicNanoseconds() - touched.load(ordering: .relaxed)) / 1_000_000_000
            if idle < seconds { return look(after: seconds - idle) }
            isWatching.store(false, ordering: .releasing)
            close()
        }
    }
}
