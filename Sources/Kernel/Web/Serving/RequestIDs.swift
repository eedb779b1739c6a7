import Synchronization

/// Makes request ids: unique in all processes, growing in one, and short enough to need no memory of their own.
struct RequestIDs: ~Copyable {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    /// Letters, digits and a few signs; what may stand in logs and headers without care.
    private static let longestTaken = 64

    private let process = UInt32.random(in: 0..<(1 << 25))
    private let count = Atomic<UInt64>(0)

    /// The id that the client chose, if it is sane, else a new one of 15 characters.
    func id(chosen: String?) -> String {
        if let chosen, Self.isSane(chosen) { return chosen }
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return String(unsafeUninitializedCapacity: 15) { buffer in
            for place in 0..<5 { buffer[place] = Self.digits[Int(process >> UInt32(20 - 5 * place)) & 31] }
            for place in 0..<10 { buffer[5 + place] = Self.digits[Int(number >> UInt64(45 - 5 * place)) & 31] }
            return 15
        }
    }

    static func isSane(_ id: String) -> Bool {
        (1...longestTaken).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"): true
                default: false
                }
            }
    }
}
