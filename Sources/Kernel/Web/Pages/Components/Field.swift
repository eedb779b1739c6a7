/// One question of a form: label, 必須 or 任意, hint, error, control.
public struct Field: Component {
    public enum Control: Sendable {
        /// `type` of `input`: text, search, email, tel, password, date, number, file.
        case input(type: String, attributes: [(name: String, value: String)] = [])
        case textarea(rows: Int)
        case select([(value: String, label: Phrase)])
        case checkbox
    }

    public enum Need: Sendable { case required, optional, unsaid }

    public var name: String
    public var label: Phrase
    public var control: Control
    public var value: String
    public var need: Need
    public var hint: Phrase?
    /// A sentence that says what to do.
    public var error: Phrase?

    public init(
        _ name: String, label: Phrase, _ control: Control = .input(type: "text"), value: String = "",
        need: Need = .required, hint: Phrase? = nil, error: Phrase? = nil
    ) {
        self.name = name
        self.label = label
        self.control = control
        self.value = value
        self.need = need
        self.hint = hint
        self.error = error
    }

    var id: String { "field-" + name }

    public func html(_ words: WordBook) -> HTML {
        if case .checkbox = control { return checkbox() }
        let error = error.map {
            HTML.element(
                "p", ["class": "field-error", "id": id + "-error"], words["site.errorPrefix"].html, $0.html)
        }
        return .element(
            "div", ["class": self.error == nil ? "field" : "field refused"],
            .element("label", ["for": id], label.html, needHTML(words)),
            hint.map { .element("p", ["class": "hint", "id": id + "-hint"], $0.html) } ?? .empty,
            error ?? .empty, controlHTML())
    }

    private func needHTML(_ words: WordBook) -> HTML {
        switch need {
        case .required: .element("span", ["class": "required"], words["kit.form.required"].html)
        case .optional: .element("span", ["class": "optional"], words["kit.form.optional"].html)
        case .unsaid: .empty
        }
    }

    private var describedBy: String? {
        let ids = [hint.map { _ in id + "-hint" }, error.map { _ in id + "-error" }].compactMap(\.self)
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private func checkbox() -> HTML {
        .element(
            "label", ["class": "checkbox"],
            .element(
                "input",
                ["type": "checkbox", "name": name, "id": id, "value": "true", "checked": value == "true" ? "" : nil]),
            .element("span", [:], label.html))
    }

    private func controlHTML() -> HTML {
        let invalid = error == nil ? nil : "true"
        switch control {
        case .input(let type, let extra):
            var input = HTML.element(
                "input",
                [
                    "type": type, "id": id, "name": name, "value": type == "password" || value.isEmpty ? nil : value,
                    "required": need == .required ? "" : nil, "aria-describedby": describedBy, "aria-invalid": invalid,
                ])
            for attribute in extra {
                input.text.removeLast()
                input.text += " \(attribute.name)=\"\(HTML(escaping: attribute.value).text)\">"
            }
            return input
        case .textarea(let rows):
            return .element(
                "textarea",
                [
                    "id": id, "name": name, "rows": String(rows), "required": need == .required ? "" : nil,
                    "aria-describedby": describedBy, "aria-invalid": invalid,
                ], .text(value))
        case .select(let options):
            let choices = options.map {
                HTML.element(
                    "option", ["value": $0.value.isEmpty ? nil : $0.value, "selected": $0.value == value ? "" : nil],
                    .text($0.label.text))
            }
            return .element(
                "select", ["id": id, "name": name, "aria-describedby": describedBy, "aria-invalid": invalid], choices)
        case .checkbox: return .empty
        }
    }
}

/// What is to be mended, at the top of a refused form, with links to the fields.
public struct ErrorSummary: Component {
    public var faults: [(field: String, sentence: Phrase)]
    public init(_ faults: [(field: String, sentence: Phrase)]) { self.faults = faults }

    public func html(_ words: WordBook) -> HTML {
        guard !faults.isEmpty else { return .empty }
        let links = faults.map { HTML.element("li", [:], .link($0.sentence, to: "#field-" + $0.field)) }
        return .element(
            "div", ["class": "banner error", "role": "alert", "tabindex": "-1", "data-focus": ""],
            .element("h2", [:], words("kit.form.faults", ["n": .number(faults.count)]).html),
            .element("ul", [:], links))
    }
}

/// A link that looks like a button; `button` elements belong to forms.
public struct LinkButton: Component {
    public enum Style: String, Sendable { case solid, outline, text }
    public var label: Phrase
    public var path: String
    public var style: Style

    public init(_ label: Phrase, to path: String, _ style: Style = .outline) {
        self.label = label
        self.path = path
        self.style = style
    }

    public func html(_ words: WordBook) -> HTML { .link(label, to: path, class: "button \(style.rawValue)") }
}
