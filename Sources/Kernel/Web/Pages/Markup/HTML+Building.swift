extension HTML {
    public static let empty = HTML(raw: "")

    /// An element. An attribute whose value is `nil` is left out; one whose value is empty stands bare (`hidden`).
    public static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: HTML...
    ) -> HTML {
        element(name, attributes, children)
    }

    public static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [HTML]
    ) -> HTML {
        var text = "<" + name
        for case (let key, let value?) in attributes {
            text += value.isEmpty ? " \(key)" : " \(key)=\"\(HTML(escaping: value).text)\""
        }
        text += ">"
        guard !voidElements.contains(name) else { return HTML(raw: text) }
        for child in children { text += child.text }
        return HTML(raw: text + "</\(name)>")
    }

    /// Plain text, escaped.
    public static func text(_ text: String) -> HTML { HTML(escaping: text) }

    /// A link.
    public static func link(_ label: Phrase, to path: String, class name: String? = nil) -> HTML {
        element("a", ["href": path, "class": name], label.html)
    }

    private static let voidElements: Set<String> = ["br", "hr", "img", "input", "link", "meta", "col", "wbr"]
}

extension Sequence<HTML> {
    /// The parts one after another.
    public func joined(separator: String = "") -> HTML {
        HTML(raw: map(\.text).joined(separator: HTML(escaping: separator).text))
    }
}
