import HTTPTypes
import Logging
import Storage

extension Site {
    /// What the client gets in place of the answer.
    func refuse(_ error: any Error, _ visit: Visit) -> Answer {
        let refusal = Self.refusal(for: error)
        if refusal.code == .storage { logAccident(error, visit) }
        let problem = Problem(refusal, instance: visit.call.path, requestID: visit.call.context.requestID)
        if let signIn = signIn(for: problem, visit) { return signIn }
        var answer = draw(problem, visit)
        if let error = error as? MethodNotAllowed { answer.headers[.allow] = error.allow }
        return answer
    }

    private static func refusal(for error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let method as MethodNotAllowed: method.refusal
        default: Refusal(.storage, String(describing: error))
        }
    }

    private func logAccident(_ error: any Error, _ visit: Visit) {
        logger.error(
            "\(String(describing: error))",
            metadata: [
                "request": .string(visit.call.context.requestID), "route": .string(visit.call.context.purpose),
            ])
    }

    private func draw(_ problem: Problem, _ visit: Visit) -> Answer {
        if let draw = visit.entry?.route.refusal ?? visit.drawsRefusals { return draw(problem) }
        guard visit.wantsPage else { return problem.answer }
        var answer = problemPages.page(visit.call, problem)
        answer.headers.append(contentsOf: problem.headers)
        return answer
    }

    /// People who must sign in first are sent to the page for it, and from there back.
    private func signIn(for problem: Problem, _ visit: Visit) -> Answer? {
        guard problem.kind.code == .unauthenticated, !visit.isKey, visit.fields.authorization == nil, visit.isRead,
            visit.wantsPage, let target = try? RequestTarget(settings.signInPath), matcher.match(target) != nil
        else { return nil }
        return .seeOther("\(settings.signInPath)?return=\(Call.percentEncoded(visit.request.target, keeping: "/"))")
    }
}
