import JSON
import Storage

/// The key of a text in the words files, such as `plan.title`.
public struct WordKey: Sendable, Hashable, ExpressibleByStringLiteral {
    public var rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// A page before the layout is put round it.
public struct Page: Sendable {
    /// What stands in `title` before the site's name, and is the `h1` unless the body brings its own.
    public var title: String
    public var breadcrumb: [(label: String, path: String)]
    public var body: HTML
    /// Paths of our own scripts under `/assets/`, loaded with `defer`.
    public var scripts: [String]
    public var styles: [String]
    /// The same facts for `Accept: application/json`.
    public var facts: JSONFacts

    public init(
        title: String, breadcrumb: [(label: String, path: String)] = [], body: HTML, scripts: [String] = [],
        styles: [String] = [], facts: JSONFacts
    ) {
        self.title = title
        self.breadcrumb = breadcrumb
        self.body = body
        self.scripts = scripts
        self.styles = styles
        self.facts = facts
    }
}

/// Layout, templates, words and components for pages. Made once at start from the resources of all modules.
public struct PageKit: Sendable {
    public init() {}
}
