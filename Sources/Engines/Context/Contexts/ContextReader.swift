import HTTPTypes
import JSON
import LinkedData
import Storage
import Web

/// Finds the context of a request (ETSI GS CIM 009 clause 6.3.5). Cheap to copy; copies share what was fetched.
struct ContextReader: Sendable {
    let library: ContextLibrary

    init(_ ports: Ports) { library = ContextLibrary(ports) }

    /// Of a request without a body: the `Link` header's.
    func context(of call: Call, space: String) async throws(Refusal) -> RequestContext {
        guard call.headers[.link] != nil, let address = try ContextLink.address(call) else { return .core }
        return try await library.context(.string(address), space: space, call.context)
    }

    /// Of a request with an object as its body, out of which the context is taken. It stands in the body of
    /// `application/ld+json`, in the header of `application/json`, and in either with `application/merge-patch+json`.
    func context(of call: Call, body: inout JSON, space: String) async throws(Refusal) -> RequestContext {
        let kind = BodyKind(call)
        let own = try kind.contextMember(of: &body)
        guard let own else { return try await context(of: call, space: space) }
        try kind.refuseLink(call)
        return try await library.context(own, space: space, call.context)
    }

    /// Of a batch: in `application/ld+json` each item brings its own, and its fault is its own.
    func contexts(
        of call: Call, items: inout [JSON], space: String
    ) async throws(Refusal) -> [Result<RequestContext, Refusal>] {
        let kind = BodyKind(call)
        let shared = kind == .linked ? nil : try await context(of: call, space: space)
        if kind == .linked { try kind.refuseLink(call) }
        var contexts: [Result<RequestContext, Refusal>] = []
        for index in items.indices {
            do throws(Refusal) {
                let own = try kind.contextMember(of: &items[index])
                if let own {
                    contexts.append(.success(try await library.context(own, space: space, call.context)))
                } else {
                    contexts.append(.success(shared ?? .core))
                }
            } catch { contexts.append(.failure(error)) }
        }
        return contexts
    }

    /// A context that was kept, such as a subscription's `jsonldContext`.
    func context(
        _ source: JSON?, space: String, in context: OperationContext
    ) async throws(Refusal) -> RequestContext {
        guard let source else { return .core }
        return try await library.context(source, space: space, context)
    }

    /// One address for a context of several parts, or one written out: for a `Link` header that must name it later.
    func host(_ source: JSON, space: String, in context: OperationContext) async throws(Refusal) -> String {
        try await library.host(source, space: space, context)
    }
}

/// How a body brings its context.
private enum BodyKind {
    case plain, linked, patch

    init(_ call: Call) {
        let type = call.headers[.contentType] ?? ""
        self =
            type.hasPrefix("application/ld+json")
            ? .linked : type.hasPrefix("application/merge-patch+json") ? .patch : .plain
    }

    /// Takes the context out of an object.
    func contextMember(of body: inout JSON) throws(Refusal) -> JSON? {
        guard case .object(var object) = body else { return nil }
        guard let context = object["@context"] else {
            guard self == .linked else { return nil }
            throw Refusal(
                .badRequest, "A body of application/ld+json needs an \"@context\".",
                faults: [.init("/@context", "Add it, or send application/json.")])
        }
        guard self != .plain else {
            throw Refusal(
                .badRequest, "An \"@context\" in the body goes with application/ld+json.",
                faults: [.init("/@context", "Leave it out, or send application/ld+json.")])
        }
        object["@context"] = nil
        body = .object(object)
        return context
    }

    func refuseLink(_ call: Call) throws(Refusal) {
        guard try ContextLink.address(call) != nil else { return }
        throw Refusal(
            .badRequest, "The context stands in the body or in the Link header, not in both.",
            faults: [.init("Link", "Leave it out with application/ld+json.")])
    }
}
