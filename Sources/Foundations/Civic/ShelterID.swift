/// 全国共通避難所・避難場所ID: fourteen characters, `E` and thirteen digits or fourteen digits.
public struct ShelterID: Hashable, Sendable {
    public let text: String

    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard bytes.count == 14, let first = bytes.first, first == UInt8(ascii: "E") || first &- 0x30 < 10,
            bytes.dropFirst().allSatisfy({ $0 &- 0x30 < 10 })
        else { return nil }
        self.text = String(text)
    }

    /// Written with `E`, as the geographical survey's lists are.
    public var isPublishedForm: Bool { text.utf8.first == UInt8(ascii: "E") }
}

extension ShelterID: CustomStringConvertible {
    public var description: String { text }
}
