/// Why something was not done: the one error type of the kernel and the modules.
///
/// A refusal is an answer to the caller, not an accident: it carries a code that programs compare and a sentence that
/// says what to do. Accidents of the database carry the code `.storage` and never show their detail outside.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        case badRequest = "bad-request"
        case invalid = "invalid-input"
        case unauthenticated
        case forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case notAcceptable = "not-acceptable"
        case requestTimeout = "request-timeout"
        case alreadyExists = "already-exists"
        case conflict
        case gone
        case preconditionFailed = "precondition-failed"
        case tooLarge = "too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case unprocessable
        case preconditionRequired = "precondition-required"
        case tooManyRequests = "too-many-requests"
        case headersTooLarge = "headers-too-large"
        case notImplemented = "not-implemented"
        case queryTooSlow = "query-too-slow"
        case unavailable
        /// The database failed. The detail is for the log, not for the caller.
        case storage
    }

    /// What is wrong with one input: a form field, a query parameter, a JSON pointer, or a cell.
    public struct Fault: Sendable, Hashable {
        public var pointer: String
        public var detail: String

        public init(_ pointer: String, _ detail: String) {
            self.pointer = pointer
            self.detail = detail
        }
    }

    public var code: Code
    /// A sentence in English that says what was wrong and what to do.
    public var detail: String
    public var faults: [Fault]

    public init(_ code: Code, _ detail: String, faults: [Fault] = []) {
        self.code = code
        self.detail = detail
        self.faults = faults
    }

    public var description: String { "\(code.rawValue): \(detail)" }
}
