import Storage

/// Why a `q` expression cannot be read, and where.
public struct QuerySyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bytes of UTF-8 from the start of the expression.
    public var position: Int
    public var sentence: String

    public var description: String { "\(sentence) (at position \(position))." }

    public var refusal: Refusal {
        Refusal(.badRequest, "The q expression cannot be read: \(description)", faults: [.init("q", description)])
    }
}
