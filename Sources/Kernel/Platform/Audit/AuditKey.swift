import Crypto
import Foundation
import Storage

/// The Ed25519 key that signs checkpoints of the audit chain (RFC 8032), in a file that only Higo's user reads.
public struct AuditKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A key that no file holds.
    package init() { key = Curve25519.Signing.PrivateKey() }

    /// Reads the key, or makes it where there is none: 64 hexadecimal digits, mode 0600.
    public init(file path: String) throws(Refusal) {
        if let contents = FileManager.default.contents(atPath: path) {
            guard let bytes = Self.hexadecimal(contents), let key = try? Self.key(bytes) else {
                throw Refusal(
                    .invalid, "\(path) is no audit key. Put the right file back; a new key cannot check the old chain.")
            }
            self.key = key
            return
        }
        key = Curve25519.Signing.PrivateKey()
        let text = Data((Array(key.rawRepresentation).hexadecimal + "\n").utf8)
        guard FileManager.default.createFile(atPath: path, contents: text, attributes: [.posixPermissions: 0o600])
        else { throw Refusal(.unavailable, "The audit key cannot be written to \(path).") }
    }

    private static func key(_ bytes: [UInt8]) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    }

    private static func hexadecimal(_ contents: Data) -> [UInt8]? {
        let digits = String(decoding: contents, as: UTF8.self).filter { !$0.isWhitespace }
        guard digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else { return nil }
        let values = digits.compactMap(\.hexDigitValue).map(UInt8.init)
        return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// Names the key in a checkpoint: the first 16 hexadecimal digits of its public half's SHA-256.
    var id: String { String(SHA256.hash(data: key.publicKey.rawRepresentation).hexadecimal.prefix(16)) }

    func sign(_ checkpoint: AuditCheckpoint) throws(Refusal) -> [UInt8] {
        guard let signature = try? key.signature(for: checkpoint.statement) else {
            throw Refusal(.unavailable, "The audit chain could not be signed.")
        }
        return Array(signature)
    }

    func hasSigned(_ checkpoint: AuditCheckpoint, _ signature: [UInt8]) -> Bool {
        key.publicKey.isValidSignature(signature, for: checkpoint.statement)
    }
}

/// The head of the chain after one block, as it is signed.
struct AuditCheckpoint: Sendable, Hashable {
    var number: Int64
    var time: Instant
    var head: [UInt8]

    var statement: [UInt8] {
        Array("higo audit checkpoint 1\n\(number)\n\(time.microseconds)\n\(head.hexadecimal)\n".utf8)
    }
}
