import HTTPTypes

/// A cookie as Higo sets it (RFC 6265bis): for the whole site, never for scripts, never sent from other sites' forms.
public struct Cookie: Sendable, Hashable {
    /// Token characters only.
    public var name: String
    /// Letters, digits, and `-._~` only; everything else must be encoded before.
    public var value: String
    /// Seconds that the browser keeps it; `nil`: until it is closed; 0: forgotten at once.
    public var maximumAge: Int?
    /// Sent over TLS only. Set from `SiteSettings.isSecure`.
    public var isSecure: Bool
    /// `Strict` also withholds it when a link elsewhere is followed.
    public var isStrict: Bool

    public init(_ name: String, _ value: String, maximumAge: Int? = nil, isSecure: Bool, isStrict: Bool = false) {
        self.name = name
        self.value = value
        self.maximumAge = maximumAge
        self.isSecure = isSecure
        self.isStrict = isStrict
    }

    /// What stands in `Set-Cookie`.
    public var headerValue: String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=\(isStrict ? "Strict" : "Lax")"
        if let maximumAge { text += "; Max-Age=\(maximumAge)" }
        return isSecure ? text + "; Secure" : text
    }

    /// The cookie's value in a `Cookie` header; `nil` if it is not there.
    package static func value(of name: String, in header: String) -> String? {
        for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            if pair.count > name.utf8.count, pair.starts(with: name.utf8),
                pair.dropFirst(name.utf8.count).first == UInt8(ascii: "=")
            {
                return String(Substring(pair.dropFirst(name.utf8.count + 1)))
            }
        }
        return nil
    }
}

/// The names of Higo's cookies.
public enum CookieName {
    public static let session = "higo-session"
    public static let language = "higo-lang"
    public static let theme = "higo-theme"
}

extension Answer {
    /// Adds a cookie to the answer.
    public mutating func set(_ cookie: Cookie) {
        headers.append(HTTPField(name: .setCookie, value: cookie.headerValue))
    }

    /// Keeps the session's token in the browser as long as the settings say.
    public mutating func signIn(token: String, settings: SiteSettings) {
        set(
            Cookie(
                CookieName.session, token, maximumAge: Int(settings.sessionSeconds), isSecure: settings.isSecure))
    }

    /// Makes the browser forget the session.
    public mutating func signOut(settings: SiteSettings) {
        set(Cookie(CookieName.session, "", maximumAge: 0, isSecure: settings.isSecure))
    }
}
