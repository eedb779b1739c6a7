/// A measure of the plan (施策): one bullet of chapter IV.
public struct Measure: Sendable, Hashable {
    /// `1-1-2-05`: part, section, group, number.
    public let id: String
    public let section: String
    /// Title of its group, with the circled number.
    public let group: String
    public let subgroup: String?
    /// At most 28 characters, our own words.
    public let summary: String
    public let examples: [String]
    /// The measure that this is a reprint of.
    public let repeatOf: String?
    public let glossaryTerms: [String]
}
