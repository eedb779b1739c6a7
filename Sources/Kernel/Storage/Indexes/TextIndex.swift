/// Full-text search that finds Japanese words of two characters, on both databases: folded text cut into bigrams.
///
/// Documents are numbers (the `int64` primary key of another table). Made by `Migration.Step.createTextIndex`.
public struct TextIndex: Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }
}
