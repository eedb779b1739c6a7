import Mustache

/// Lets templates say `{{words.portal.title}}` (HTML with readings) and `{{plain.portal.title}}` (for attributes).
struct WordBranch: MustacheParent, MustacheCustomRenderable {
    let book: WordBook
    let path: String
    let isPlain: Bool

    func child(named name: String) -> Any? {
        let key = path.isEmpty ? name : path + "." + name
        guard !isPlain, book.has(WordKey(key)) else { return WordBranch(book: book, path: key, isPlain: isPlain) }
        return WordLeaf(branch: WordBranch(book: book, path: key, isPlain: false)).value
    }

    var renderText: String { book(WordKey(path)).text }
    var isNull: Bool { !book.has(WordKey(path)) }
}

/// A text whose HTML must not be escaped again: a template without placeholders renders as it stands.
struct WordLeaf {
    let branch: WordBranch

    var value: Any {
        let html = branch.book(WordKey(branch.path)).html.text
        guard !html.contains("{{"), let template = try? MustacheTemplate(string: html) else { return branch }
        return template
    }
}
