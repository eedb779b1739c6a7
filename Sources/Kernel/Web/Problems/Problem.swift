import HTTPTypes
import JSON
import Storage

/// A refusal as the client sees it: problem details (RFC 9457).
public struct Problem: Sendable, Hashable {
    /// Without what failed inside: that is for the log, and would outside help attackers alone.
    public var refusal: Refusal
    /// Path of the request that was refused.
    public var instance: String
    public var requestID: String

    public init(_ refusal: Refusal, instance: String, requestID: String) {
        self.refusal =
            refusal.code == .storage
            ? Refusal(
                .storage, "Something failed inside Higo. Try again; if it stays, tell the operator the request id.")
            : refusal
        self.instance = instance
        self.requestID = requestID
    }

    public var kind: ProblemKind { ProblemKind(refusal.code) }
    public var detail: String { refusal.detail }
    public var faults: [Refusal.Fault] { refusal.faults }

    /// Members in RFC 9457's order, then `errors` (`pointer`, `detail` each) and `requestId`.
    public var json: JSON {
        var members: JSON = [
            "type": .string(kind.path), "title": .string(kind.title), "status": JSON(kind.status),
            "detail": .string(detail), "instance": .string(instance),
        ]
        if !faults.isEmpty {
            members["errors"] = .array(
                faults.map { ["pointer": .string($0.pointer), "detail": .string($0.detail)] })
        }
        members["requestId"] = .string(requestID)
        return members
    }

    /// As `application/problem+json`.
    public var answer: Answer {
        .bytes(json.bytes, type: "application/problem+json", status: .init(code: kind.status), headers: headers)
    }

    /// What the status asks for besides: `WWW-Authenticate`, `Retry-After`.
    var headers: HTTPFields {
        switch kind.status {
        case 401: [.wwwAuthenticate: "Bearer realm=\"higo\""]
        case 429, 503: [.retryAfter: "1"]
        default: [:]
        }
    }
}
