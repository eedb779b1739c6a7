import Dispatch
import Foundation
import Synchronization

/// Threads for work that waits: for a server's answer, for a lock, for the disk.
///
/// Dispatch and Swift's tasks share one small set of threads, as many as the machine has cores. Work that waits on them
/// holds up everything else in the process, and in the end the very work that it waits for. Here each piece of work
/// finds a thread at once; those who submit limit how many there are, by their connections.
package final class BlockingThreads: Sendable {
    package static let shared = BlockingThreads()
    package typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: [Work] = []
        /// Threads that look for work and that no submitter counts on yet.
        var idle = 0
    }

    private let state = Mutex(State())
    private let calls = DispatchSemaphore(value: 0)
    private let idleSeconds: Double

    /// - Parameter idleSeconds: after which a thread without work ends.
    package init(idleSeconds: Double = 10) { self.idleSeconds = idleSeconds }

    package func run(_ work: @escaping Work) {
        let isCounted = state.withLock { state in
            state.waiting.append(work)
            if state.idle == 0 { return false }
            state.idle -= 1
            return true
        }
        if isCounted {
            calls.signal()
        } else {
            Thread.detachNewThread { while let work = self.next() { work() } }
        }
    }

    /// The work that has waited longest; `nil` when there was none for a while.
    private func next() -> Work? {
        while true {
            if let work = take() { return work }
            if calls.wait(timeout: .now() + idleSeconds) == .timedOut {
                if leaves() { return nil }
                // Somebody counted on this thread in the last moment, so the call is on its way.
                calls.wait()
            }
        }
    }

    private func take() -> Work? {
        state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.idle += 1
            return nil
        }
    }

    private func leaves() -> Bool {
        state.withLock { state in
            if state.idle == 0 { return false }
            state.idle -= 1
            return true
        }
    }
}
