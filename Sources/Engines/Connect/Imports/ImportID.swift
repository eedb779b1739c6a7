import Storage

/// Ids of imports: UUID version 7 (RFC 9562), so that they sort by time.
package enum ImportID {
    package static func make(at now: Instant) -> String {
        let milliseconds = UInt64(max(0, now.microseconds / 1_000))
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) }
        for _ in 0..<10 { bytes.append(UInt8.random(in: 0...255)) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hex.text(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }
}
