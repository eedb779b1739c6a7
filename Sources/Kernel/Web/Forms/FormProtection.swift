import HTTPTypes
import Storage

/// Refuses changes that another site made a reader's browser send (cross-site request forgery).
///
/// A request with an API key is let through, since browsers send no keys by themselves. Else `Origin` or
/// `Sec-Fetch-Site`, where the browser tells them, must name this site; and with a session there must be one of the
/// two, and the session's form token besides.
struct FormProtection: Sendable {
    let publicOrigin: String?

    func check(_ call: Call, _ fields: RequestFields, authority: String) throws(Refusal) {
        try checkOrigin(fields, authority: authority, isRequired: call.session != nil)
        guard let session = call.session else { return }
        let sent = call.form[Form.tokenField] ?? call.headers[.formToken] ?? ""
        guard Self.isEqual(sent, session.formToken), !session.formToken.isEmpty else {
            throw Refusal(.forbidden, "The form is out of date. Load the page again and send the form once more.")
        }
    }

    private func checkOrigin(_ fields: RequestFields, authority: String, isRequired: Bool) throws(Refusal) {
        if let origin = fields.origin {
            guard isOwn(origin, authority) else { throw Self.refusal }
        } else if let site = fields.fetchSite {
            guard site == "same-origin" || site == "none" else { throw Self.refusal }
        } else if isRequired {
            throw Self.refusal
        }
    }

    private static let refusal = Refusal(
        .forbidden, "The request does not come from a page of this site. Open the page here and send the form again.")

    private func isOwn(_ origin: String, _ authority: String) -> Bool {
        if origin == publicOrigin { return true }
        guard let scheme = origin.firstRange(of: "://") else { return false }
        return !authority.isEmpty && origin[scheme.upperBound...].lowercased() == authority.lowercased()
    }

    /// Compares in a time that does not tell where the texts differ.
    static func isEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
