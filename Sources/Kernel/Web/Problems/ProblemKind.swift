import HTTPTypes
import Storage

/// One entry of the register of problems: how a refusal's code looks outside. The only place that maps codes to
/// statuses.
public struct ProblemKind: Sendable, Hashable {
    public let code: Refusal.Code
    public let status: Int
    /// In English, the same for every problem of the kind (RFC 9457 §3.1.3).
    public let title: String

    /// `/problems/not-found`.
    public var path: String { "/problems/\(code.rawValue)" }

    public static let all = Refusal.Code.allCases.map(ProblemKind.init)

    public init(_ code: Refusal.Code) {
        self.code = code
        (status, title) =
            switch code {
            case .badRequest: (400, "The request cannot be understood")
            case .invalid: (400, "The input is not valid")
            case .unauthenticated: (401, "Sign-in or an API key is needed")
            case .forbidden: (403, "This is not allowed")
            case .notFound: (404, "There is nothing here")
            case .methodNotAllowed: (405, "This address does not take that method")
            case .notAcceptable: (406, "None of the accepted media types can be given")
            case .requestTimeout: (408, "The request came too slowly")
            case .alreadyExists: (409, "It exists already")
            case .conflict: (409, "The change conflicts with another one")
            case .gone: (410, "It is no longer there")
            case .preconditionFailed: (412, "It has changed in the meantime")
            case .tooLarge: (413, "The body is too large")
            case .unsupportedMediaType: (415, "The media type of the body is not taken here")
            case .unprocessable: (422, "The content cannot be processed")
            case .preconditionRequired: (428, "The version that is changed must be named")
            case .tooManyRequests: (429, "There were too many requests")
            case .headersTooLarge: (431, "The header is too large")
            case .notImplemented: (501, "This is not implemented")
            case .queryTooSlow: (503, "The query took too long")
            case .unavailable: (503, "The service is not available at the moment")
            case .storage: (500, "An internal error happened")
            }
    }
}

extension Refusal.Code {
    public var status: HTTPResponse.Status { HTTPResponse.Status(code: ProblemKind(self).status) }
}
