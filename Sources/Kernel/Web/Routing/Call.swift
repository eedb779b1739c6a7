import HTTPTypes
import JSON
import Storage

/// A request that has been matched to a route, authenticated and limited.
public struct Call: Sendable {
    public var method: HTTPRequest.Method
    /// Decoded path without query.
    public var path: String
    /// Values of the template's `{names}`, percent-decoded.
    public var parameters: [String: String]
    public var query: QueryItems
    public var headers: HTTPFields
    public var body: [UInt8]
    /// The fields and files of the body, if it is a form.
    public var form: Form
    public var context: OperationContext
    /// What the reader chose, by `?lang`, cookie, or `Accept-Language`.
    public var language: Language
    public var theme: Theme
    /// The signed-in session, for pages; `nil` for keys and the anonymous.
    public var session: SessionInfo?
    /// The network address at the other end; asked for only where it matters, such as at sign-in.
    public var client: @Sendable () -> String? = { nil }

    public init(
        method: HTTPRequest.Method, path: String, parameters: [String: String] = [:], query: QueryItems = QueryItems(),
        headers: HTTPFields = [:], body: [UInt8] = [], form: Form = Form(), context: OperationContext,
        language: Language = .ja,
        theme: Theme = .system, session: SessionInfo? = nil
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.form = form
        self.context = context
        self.language = language
        self.theme = theme
        self.session = session
    }

    /// A path parameter; empty if the template has none of that name.
    public func parameter(_ name: String) -> String { parameters[name] ?? "" }
}

/// A language of pages. Japanese comes first; `jaEasy` is やさしい日本語 with readings.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case ja
    case jaEasy = "ja-easy"
    case en
}

public enum Theme: String, Sendable, Hashable, CaseIterable { case system, light, dark }

/// The signed-in person as pages show them.
public struct SessionInfo: Sendable, Hashable {
    public var accountID: String
    public var displayName: String
    public var tenant: TenantID
    /// Goes into every form; compared on every POST.
    public var formToken: String

    public init(accountID: String, displayName: String, tenant: TenantID, formToken: String) {
        self.accountID = accountID
        self.displayName = displayName
        self.tenant = tenant
        self.formToken = formToken
    }
}

/// Query parameters in the order of the URL, percent-decoded; also the fields of a URL-encoded form.
public struct QueryItems: Sendable, Hashable {
    public var items: [Item]

    public struct Item: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(_ items: [Item] = []) { self.items = items }

    /// The first value of a name.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }
    public func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
}
