import Crypto

/// Random texts that only their holder knows, and the digests under which Higo keeps them.
package enum SecretToken {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// `count` letters and digits from the system's secure generator, about 5.95 bits each.
    package static func random(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        let letters = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return String(decoding: letters, as: UTF8.self)
    }

    /// SHA-256 in lower-case hex. Enough for texts of full entropy; passwords go through `PasswordHasher`.
    package static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).hexadecimal
    }

    /// The first `count` letters of the base-62 form of the text's SHA-256: tells a mistyped token from an unknown one.
    package static func checksum(_ text: String, _ count: Int) -> String {
        let bytes = Array(SHA256.hash(data: Array(text.utf8)).prefix(count))
        return String(decoding: bytes.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
    }
}

extension Sequence where Element == UInt8 {
    /// Two lower-case hexadecimal digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
