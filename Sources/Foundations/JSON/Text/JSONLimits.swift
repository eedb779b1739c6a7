/// How much a text may ask of its reader.
public struct JSONLimits: Sendable, Hashable {
    /// Deepest nesting of arrays and objects: `[]` has depth 1. At most 1,024, since trees are walked recursively.
    public let maximumDepth: Int
    /// Longest text in bytes. At most 2³¹ − 1.
    public let maximumBytes: Int

    /// Values outside the possible range are brought to its nearest end.
    public init(maximumDepth: Int = 64, maximumBytes: Int = 64 << 20) {
        self.maximumDepth = min(max(maximumDepth, 0), 1024)
        self.maximumBytes = min(max(maximumBytes, 0), Int(Int32.max))
    }

    /// Depth 64, 64 MiB.
    public static let standard = JSONLimits()
}
