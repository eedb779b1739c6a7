/// A text that is never printed, logged or shown: only `reveal()` gives it away.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    private let text: String

    public init(_ text: String) { self.text = text }

    public func reveal() -> String { text }

    public var description: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
