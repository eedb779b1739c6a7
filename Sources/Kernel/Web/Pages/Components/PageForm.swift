/// A form with its session token; every form that changes something is one.
public struct PageForm: Component {
    public var action: String
    public var isPost: Bool
    /// `search` for the site's search.
    public var role: String?
    public var fields: [HTML]
    public var submit: Phrase
    public var token: String?
    public var isInline: Bool

    /// A form that asks: its state goes into the address.
    public init(get action: String, role: String? = nil, submit: Phrase, inline: Bool = true, fields: [HTML]) {
        self.init(
            action: action, isPost: false, role: role, fields: fields, submit: submit, token: nil, isInline: inline)
    }

    /// A form that changes something, with the token of the session (`call.session?.formToken`).
    public init(post action: String, token: String?, submit: Phrase, fields: [HTML]) {
        self.init(
            action: action, isPost: true, role: nil, fields: fields, submit: submit, token: token, isInline: false)
    }

    private init(
        action: String, isPost: Bool, role: String?, fields: [HTML], submit: Phrase, token: String?, isInline: Bool
    ) {
        self.action = action
        self.isPost = isPost
        self.role = role
        self.fields = fields
        self.submit = submit
        self.token = token
        self.isInline = isInline
    }

    public func html(_ words: WordBook) -> HTML {
        let secret = token.map {
            HTML.element("input", ["type": "hidden", "name": "form_token", "value": $0])
        }
        let button = HTML.element("button", ["type": "submit", "class": "solid"], submit.html)
        return .element(
            "form",
            [
                "action": action, "method": isPost ? "post" : "get", "role": role,
                "class": isInline ? "inline" : "stacked",
                "novalidate": isPost ? "" : nil,
            ], [secret ?? .empty] + fields + [.element("div", ["class": "actions"], button)])
    }
}
