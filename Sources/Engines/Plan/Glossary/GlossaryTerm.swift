/// A term that the plan explains.
public struct GlossaryTerm: Sendable, Hashable {
    /// `G-01`.
    public let id: String
    public let term: String
    public let definition: String
    /// Other forms under which it stands in the texts.
    public let spellings: [String]
    /// Pages of the document where it stands.
    public let pages: [Int]
}
