import CArgon2
import Dispatch
import Storage
import Synchronization

/// Hashes passwords with argon2id (RFC 9106) on threads of its own, so that no request waits behind one.
///
/// A hash takes tens of milliseconds and 19 MiB; two run at a time and a bounded number wait.
public final class PasswordHasher: Sendable {
    /// Cost, kept in each hash, so that it can be raised later without breaking old hashes.
    public struct Parameters: Sendable, Hashable {
        public var memoryKiB: UInt32
        public var iterations: UInt32

        public init(memoryKiB: UInt32, iterations: UInt32) {
            self.memoryKiB = memoryKiB
            self.iterations = iterations
        }

        /// 19 MiB and two passes.
        public static let standard = Parameters(memoryKiB: 19_456, iterations: 2)
        /// For tests only.
        package static let cheap = Parameters(memoryKiB: 64, iterations: 1)
    }

    private static let maximumWaiting = 64
    private let parameters: Parameters
    private let queues = [DispatchQueue(label: "higo.argon2.0"), DispatchQueue(label: "higo.argon2.1")]
    private let turn = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)
    private let decoy: String

    public init(_ parameters: Parameters = .standard) {
        self.parameters = parameters
        decoy = Self.encode(SecretToken.random(32), parameters) ?? ""
    }

    /// The encoded form `$argon2id$v=19$m=…,t=…,p=1$salt$hash` with a random salt.
    public func hash(_ password: String) async throws(Refusal) -> String {
        let parameters = parameters
        guard let encoded = try await run({ Self.encode(password, parameters) }) else {
            throw Refusal(.unavailable, "The password could not be hashed: too little memory. Try again later.")
        }
        return encoded
    }

    /// Whether the password made the hash. With no hash (no such account) it takes the same time and says no.
    public func verify(_ password: String, against encoded: String?) async throws(Refusal) -> Bool {
        let compared = encoded ?? decoy
        let matches = try await run {
            let bytes = Array(password.utf8)
            return argon2id_verify(compared, bytes, bytes.count) == ARGON2_OK.rawValue
        }
        return matches && encoded != nil
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws(Refusal) -> T {
        let (before, _) = waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard before < Self.maximumWaiting else {
            throw Refusal(.unavailable, "Too many people are signing in at this moment. Try again in some seconds.")
        }
        let (number, _) = turn.wrappingAdd(1, ordering: .relaxed)
        let queue = queues[abs(number % queues.count)]
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    private static func encode(_ password: String, _ parameters: Parameters) -> String? {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let bytes = Array(password.utf8)
        let length = argon2_encodedlen(
            parameters.iterations, parameters.memoryKiB, 1, UInt32(salt.count), 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let status = argon2id_hash_encoded(
            parameters.iterations, parameters.memoryKiB, 1, bytes, bytes.count, salt, salt.count, 32, &encoded, length)
        guard status == ARGON2_OK.rawValue else { return nil }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
