import Synchronization

/// Lets a loop sleep until it is woken or its time is over.
final class Wakeup: Sendable {
    private enum State {
        case idle
        case rung
        case waiting(CheckedContinuation<Void, Never>, Int)
    }

    private let state = Mutex<(state: State, turn: Int)>((.idle, 0))

    func ring() {
        let waiter = state.withLock { held -> CheckedContinuation<Void, Never>? in
            if case .waiting(let continuation, _) = held.state {
                held.state = .idle
                return continuation
            }
            held.state = .rung
            return nil
        }
        waiter?.resume()
    }

    /// Returns at once if it was rung since the last wait.
    func wait(seconds: Double) async {
        await withCheckedContinuation { continuation in
            let turn = state.withLock { held -> Int? in
                if case .rung = held.state {
                    held.state = .idle
                    return nil
                }
                held.turn += 1
                held.state = .waiting(continuation, held.turn)
                return held.turn
            }
            guard let turn else { return continuation.resume() }
            Task {
                try? await Task.sleep(for: .seconds(seconds))
                self.expire(turn)
            }
        }
    }

    private func expire(_ turn: Int) {
        let waiter = state.withLock { held -> CheckedContinuation<Void, Never>? in
            guard case .waiting(let continuation, turn) = held.state else { return nil }
            held.state = .idle
            return continuation
        }
        waiter?.resume()
    }
}
