import JSON
import Storage
import Web

/// Refusals in the words of NGSI-LD: problem details whose type is one of the standard's (ETSI GS CIM 009 clause 5.5.2).
enum NGSIError {
    /// The pointer of a fault that says that there is no such tenant.
    static let tenantHeader = "NGSILD-Tenant"
    /// The pointer of a fault that says that a context is not to be had.
    static let contextPointer = "@context"

    static func answer(_ problem: Problem) -> Answer {
        var answer = problem.answer
        guard let type = type(problem) else { return answer }
        var json = problem.json
        json["type"] = .string("https://uri.etsi.org/ngsi-ld/errors/\(type)")
        answer.body = .bytes(json.bytes)
        return answer
    }

    /// Nil where the standard has no word: those keep Higo's own type.
    private static func type(_ problem: Problem) -> String? {
        if problem.faults.first?.pointer == tenantHeader, problem.refusal.code == .notFound {
            return "NonexistentTenant"
        }
        if problem.faults.first?.pointer == contextPointer, problem.refusal.code == .unavailable {
            return "LdContextNotAvailable"
        }
        return switch problem.refusal.code {
        case .badRequest, .invalid: "BadRequestData"
        case .notFound: "ResourceNotFound"
        case .alreadyExists: "AlreadyExists"
        case .notImplemented: "OperationNotSupported"
        case .queryTooSlow: "TooComplexQuery"
        case .unsupportedMediaType, .notAcceptable, .tooLarge, .methodNotAllowed: "InvalidRequest"
        case .storage: "InternalError"
        default: nil
        }
    }
}
