import Storage
import Web

/// Login and password, with what was wrong the last time.
struct SignInForm: Component {
    var returnPath: String
    var login: String
    var problem: Refusal.Code?

    func html(_ words: WordBook) -> HTML {
        let sentence = problem.map { words[WordKey("portal.signIn.\($0.rawValue)")] }
        let summary = ErrorSummary(sentence.map { [("login", $0)] } ?? []).html(words)
        let fields = [
            HTML.element("input", ["type": "hidden", "name": "return", "value": returnPath]),
            Field(
                "login", label: words["portal.signIn.login"],
                .input(
                    type: "text",
                    attributes: [("autocomplete", "username"), ("autocapitalize", "none"), ("spellcheck", "false")]),
                value: login, hint: words["portal.signIn.loginHint"], error: sentence
            ).html(words),
            Field(
                "password", label: words["portal.signIn.password"],
                .input(
                    type: "password",
                    attributes: [("autocomplete", "current-password"), ("data-show", words["portal.signIn.show"].text)])
            ).html(words),
        ]
        return summary
            + PageForm(post: "/sign-in", token: nil, submit: words["portal.signIn.submit"], fields: fields).html(words)
            + .element("p", [:], words["portal.signIn.help"].html)
    }
}
