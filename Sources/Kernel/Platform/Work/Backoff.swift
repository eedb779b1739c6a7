import Synchronization

/// How long a job waits after its n-th failure: 2 s, doubled each time, at most an hour, give or take a half, so that
/// jobs that failed together do not come back together.
final class Backoff: Sendable {
    private let state: Mutex<UInt64>

    init(seed: UInt64) { state = Mutex(seed) }

    func seconds(afterTry tries: Int) -> Double {
        let base = min(2 * Double(1 << min(max(tries - 1, 0), 20)), 3_600)
        return base * (0.5 + fraction())
    }

    /// SplitMix64, in [0, 1).
    private func fraction() -> Double {
        let bits = state.withLock { state -> UInt64 in
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
        return Double(bits >> 11) / 0x1p53
    }
}
