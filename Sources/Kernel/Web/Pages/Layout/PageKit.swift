import JSON
import Mustache
import Storage
import Synchronization

/// The key of a text in the words files, such as `plan.title`.
public struct WordKey: Sendable, Hashable, ExpressibleByStringLiteral {
    public var rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// A page before the layout is put round it.
public struct Page: Sendable {
    /// What stands in `title` before the site's name, and is the `h1` unless `hasOwnHeading`.
    public var title: Phrase
    /// The way from the home page, without this page and without home.
    public var breadcrumb: [(label: Phrase, path: String)]
    public var body: HTML
    /// Names of our own scripts under `Resources/Assets`, loaded with `defer`.
    public var scripts: [String]
    public var styles: [String]
    /// The same facts for `Accept: application/json`.
    public var facts: JSONFacts
    /// One sentence under the heading.
    public var lead: Phrase?
    /// Whether the body brings its own `h1`.
    public var hasOwnHeading: Bool
    /// Whether a form was refused: «エラー: » then stands first in the title.
    public var isRefused: Bool
    /// Text column only (false), or the whole width for dashboards, tables and maps (true).
    public var isWide: Bool

    public init(
        title: Phrase, breadcrumb: [(label: Phrase, path: String)] = [], lead: Phrase? = nil, body: HTML,
        scripts: [String] = [], styles: [String] = [], hasOwnHeading: Bool = false, isRefused: Bool = false,
        isWide: Bool = true, facts: JSONFacts
    ) {
        self.title = title
        self.breadcrumb = breadcrumb
        self.lead = lead
        self.body = body
        self.scripts = scripts
        self.styles = styles
        self.hasOwnHeading = hasOwnHeading
        self.isRefused = isRefused
        self.isWide = isWide
        self.facts = facts
    }
}

/// Layout, templates, words and components for pages. Made once at start from the resources of all modules.
public struct PageKit: Sendable {
    public let words: Words
    let templates: MustacheLibrary
    /// What all modules contribute. Set once all modules were asked, and seen by every copy of the kit: those that the
    /// modules were given before have it too.
    public var contributions: [Contribution] {
        get { gathered.list.withLock(\.self) }
        nonmutating set { gathered.list.withLock { $0 = newValue } }
    }
    private let gathered = Gathered()
    /// Where an asset is served: its name under `Resources/Assets` to a path, which may carry its digest.
    public var assetPath: @Sendable (String) -> String = { "/assets/" + $0 }
    /// A banner above everything while an emergency is in force.
    public var emergencyBanner: @Sendable (WordBook) -> HTML? = { _ in nil }

    /// A kit without words and templates: keys stand for texts. For tests of parts that draw no whole page.
    public init() {
        words = Words()
        templates = MustacheLibrary()
    }

    init(words: Words, templates: MustacheLibrary) {
        self.words = words
        self.templates = templates
    }

    /// The texts in the reader's language.
    public func words(for call: Call) -> WordBook { words.book(call.language) }

    /// Renders a template of any module by its name (`portal-home` for `portal-home.mustache`).
    ///
    /// Values are escaped by `{{name}}`, HTML stands in `{{{name}}}`; texts are `{{words.key}}`, in attributes
    /// `{{plain.key}}`.
    public func render(_ template: String, _ values: [String: any Sendable] = [:], _ words: WordBook) -> HTML {
        var context: [String: Any] = values
        context["words"] = WordBranch(book: words, path: "", isPlain: false)
        context["plain"] = WordBranch(book: words, path: "", isPlain: true)
        return HTML(raw: templates.render(context, withTemplate: template) ?? "")
    }
}

/// What modules contribute, shared by all copies of a kit.
private final class Gathered: Sendable {
    let list = Mutex<[Contribution]>([])
}
