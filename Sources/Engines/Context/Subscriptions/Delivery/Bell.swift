import Synchronization

/// Lets one loop sleep until it is rung or its time is over. A ring while nobody sleeps is kept for the next sleep.
final class Bell: Sendable {
    private enum State {
        case silent
        case rung
        case sleeping(CheckedContinuation<Void, Never>, turn: Int)
    }

    private let state = Mutex<(state: State, turn: Int)>((.silent, 0))

    func ring() {
        let sleeper = state.withLock { held -> CheckedContinuation<Void, Never>? in
            if case .sleeping(let continuation, _) = held.state {
                held.state = .silent
                return continuation
            }
            held.state = .rung
            return nil
        }
        sleeper?.resume()
    }

    func sleep(seconds: Double) async {
        if seconds <= 0 { return }
        let turn = state.withLock { held -> Int in
            held.turn += 1
            return held.turn
        }
        let alarm = Task {
            try? await Task.sleep(for: .seconds(seconds))
            if !Task.isCancelled { self.wake(turn) }
        }
        await withCheckedContinuation { continuation in
            let isRung = state.withLock { held -> Bool in
                if case .rung = held.state {
                    held.state = .silent
                    return true
                }
                held.state = .sleeping(continuation, turn: turn)
                return false
            }
            if isRung { continuation.resume() }
        }
        alarm.cancel()
    }

    /// The end of one sleep; an alarm that comes before its sleep began is kept as a ring.
    private func wake(_ turn: Int) {
        let sleeper = state.withLock { held -> CheckedContinuation<Void, Never>? in
            guard held.turn == turn else { return nil }
            guard case .sleeping(let continuation, turn) = held.state else {
                held.state = .rung
                return nil
            }
            held.state = .silent
            return continuation
        }
        sleeper?.resume()
    }
}
