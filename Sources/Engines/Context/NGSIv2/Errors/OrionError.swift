import HTTPTypes
import JSON
import Storage
import Web

/// The error names of Orion's API («Error Responses») with their statuses.
enum OrionError: String, Sendable, Hashable {
    case parseError = "ParseError"
    case badRequest = "BadRequest"
    case unauthorized = "Unauthorized"
    case forbidden = "Forbidden"
    case notFound = "NotFound"
    case methodNotAllowed = "MethodNotAllowed"
    case notAcceptable = "NotAcceptable"
    case tooManyResults = "TooManyResults"
    case contentLengthRequired = "ContentLengthRequired"
    case requestEntityTooLarge = "RequestEntityTooLarge"
    case noResourcesAvailable = "NoResourcesAvailable"
    case unsupportedMediaType = "UnsupportedMediaType"
    case unprocessable = "Unprocessable"
    case partialUpdate = "PartialUpdate"
    case notSupportedQuery = "NotSupportedQuery"
    case tooManyRequests = "TooManyRequests"
    case internalServerError = "InternalServerError"
    case notImplemented = "NotImplemented"
    case serviceUnavailable = "ServiceUnavailable"

    var status: Int {
        switch self {
        case .parseError, .badRequest: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .tooManyResults: 409
        case .contentLengthRequired: 411
        case .requestEntityTooLarge, .noResourcesAvailable: 413
        case .unsupportedMediaType: 415
        case .unprocessable, .partialUpdate, .notSupportedQuery: 422
        case .tooManyRequests: 429
        case .internalServerError: 500
        case .notImplemented: 501
        case .serviceUnavailable: 503
        }
    }

    /// The pointer of the fault that holds the error's name.
    private static let mark = "NGSIv2"

    static let noEntity = "The requested entity has not been found. Check type and id"
    static let noAttribute = "The entity does not have such an attribute"

    /// The error that a refusal stands for.
    static func of(_ refusal: Refusal) -> OrionError {
        if let fault = refusal.faults.first, fault.pointer == mark, let error = OrionError(rawValue: fault.detail) {
            return error
        }
        return switch refusal.code {
        case .badRequest, .invalid, .gone, .preconditionFailed, .preconditionRequired, .headersTooLarge: .badRequest
        case .requestTimeout: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .alreadyExists, .conflict, .unprocessable: .unprocessable
        case .tooLarge: .requestEntityTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .tooManyRequests: .tooManyRequests
        case .notImplemented: .notImplemented
        case .queryTooSlow, .unavailable: .serviceUnavailable
        case .storage: .internalServerError
        }
    }

    /// A refusal as Orion's `{"error", "description"}`.
    static func answer(_ problem: Problem) -> Answer {
        let error = of(problem.refusal)
        var answer = problem.answer
        answer.status = HTTPResponse.Status(code: error.status)
        answer.headers[.contentType] = "application/json"
        answer.body = .bytes(json(error, description(problem.refusal)).bytes)
        V2Headers.mark(&answer, correlator: problem.requestID)
        return answer
    }

    private static func json(_ error: OrionError, _ description: String) -> JSON {
        ["error": .string(error.rawValue), "description": .string(description)]
    }

    private static func description(_ refusal: Refusal) -> String {
        guard refusal.faults.first?.pointer != mark else { return refusal.detail }
        return switch refusal.code {
        case .alreadyExists: "Already Exists"
        case .notFound: noEntity
        case .methodNotAllowed: "method not allowed"
        default: refusal.detail
        }
    }

    /// A refusal that comes out as this error.
    func refusal(_ description: String) -> Refusal {
        Refusal(code, description, faults: [.init(Self.mark, rawValue)])
    }

    private var code: Refusal.Code {
        switch self {
        case .notFound: .notFound
        case .tooManyResults: .conflict
        case .unprocessable, .partialUpdate, .notSupportedQuery: .unprocessable
        case .noResourcesAvailable, .requestEntityTooLarge: .tooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .notAcceptable: .notAcceptable
        case .notImplemented: .notImplemented
        default: .badRequest
        }
    }
}

extension Refusal {
    static func orion(_ error: OrionError, _ description: String) -> Refusal { error.refusal(description) }
    static func badV2(_ description: String) -> Refusal { OrionError.badRequest.refusal(description) }
    static let noV2Entity = OrionError.notFound.refusal(OrionError.noEntity)
}
