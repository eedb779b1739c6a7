/// A part of a page that is drawn in the reader's language.
public protocol Component: Sendable {
    func html(_ words: WordBook) -> HTML
}
