/// How much a context may ask of its reader.
public struct ContextLimits: Sendable, Hashable {
    /// Levels of contexts that include contexts, and of arrays in arrays.
    public var depth: Int
    /// Remote documents in all.
    public var documents: Int
    /// Terms defined in all, each time one is defined.
    public var terms: Int

    public init(depth: Int = 32, documents: Int = 64, terms: Int = 50_000) {
        self.depth = depth
        self.documents = documents
        self.terms = terms
    }

    /// 32 levels, 64 documents, 50,000 terms.
    public static let standard = ContextLimits()
}
