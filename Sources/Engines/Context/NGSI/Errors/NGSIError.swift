import HTTPTypes
import JSON
import Storage
import Web

/// Refusals in the words of NGSI-LD: problem details whose type is one of the standard's (ETSI GS CIM 009 clause 5.5.2).
enum NGSIError {
    /// The pointer of a fault that says that there is no such tenant.
    static let tenantHeader = "NGSILD-Tenant"
    /// The pointer of a fault that says that a context is not to be had.
    static let contextPointer = "@context"

    /// The pointer of a fault that says that the body is no JSON at all.
    static let wholeBody = ""

    static func answer(_ problem: Problem) -> Answer {
        var answer = problem.answer
        answer.status = HTTPResponse.Status(code: status(problem))
        answer.body = .bytes(json(problem).bytes)
        return answer
    }

    /// The problem alone, as it stands in the report of a batch.
    static func json(_ problem: Problem) -> JSON {
        guard let type = type(problem) else { return problem.json }
        var json = problem.json
        json["type"] = .string("https://uri.etsi.org/ngsi-ld/errors/\(type)")
        json["status"] = JSON(status(problem))
        if let title = titles[type] { json["title"] = .string(title) }
        return json
    }

    /// Where the standard tells more than the code does.
    private static let titles = [
        "LdContextNotAvailable": "The @context is not to be had", "NonexistentTenant": "There is no such tenant",
    ]

    /// A context that cannot be fetched is another server's fault: 504 (clause 6.3.2).
    private static func status(_ problem: Problem) -> Int {
        type(problem) == "LdContextNotAvailable" ? 504 : problem.kind.status
    }

    /// Nil where the standard has no word: those keep Higo's own type.
    private static func type(_ problem: Problem) -> String? {
        if problem.faults.first?.pointer == tenantHeader, problem.refusal.code == .notFound {
            return "NonexistentTenant"
        }
        if problem.faults.first?.pointer == contextPointer, problem.refusal.code == .unavailable {
            return "LdContextNotAvailable"
        }
        if problem.faults.first?.pointer == wholeBody, problem.refusal.code == .badRequest { return "InvalidRequest" }
        return switch problem.refusal.code {
        case .badRequest, .invalid: "BadRequestData"
        case .notFound: "ResourceNotFound"
        case .alreadyExists: "AlreadyExists"
        case .notImplemented, .unprocessable: "OperationNotSupported"
        case .queryTooSlow: "TooComplexQuery"
        case .unsupportedMediaType, .notAcceptable, .tooLarge, .methodNotAllowed: "InvalidRequest"
        case .storage: "InternalError"
        default: nil
        }
    }
}
