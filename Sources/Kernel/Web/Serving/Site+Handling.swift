import HTTPTypes
import Storage

extension Site {
    /// From the address to the handler. The order is part of the contract: what costs least is refused first, and who
    /// may not call a route learns nothing of its input.
    func handle(_ visit: inout Visit) async throws -> Answer {
        guard visit.fields.size <= settings.maximumHeaderBytes else {
            throw Refusal(.headersTooLarge, "The header is larger than \(settings.maximumHeaderBytes) bytes.")
        }
        let target = try RequestTarget(visit.request.target)
        visit.call.path = target.path
        guard let match = matcher.match(target) else { return try elsewhere(target, visit) }
        guard let entry = match.place.entry(for: visit.isRead ? .get : visit.request.method) else {
            visit.drawsRefusals = match.place.entries.first?.route.refusal
            return try Self.withoutRoute(match.place, visit)
        }
        visit.entry = entry
        guard visit.request.target.utf8.count <= RequestTarget.maximumLength else {
            throw Refusal(.badRequest, "The address is longer than \(RequestTarget.maximumLength) bytes; shorten it.")
        }
        visit.call.context.purpose = entry.label
        visit.call.parameters = Self.parameters(entry, match.values, target.bytes)
        try await authenticate(&visit)
        if case .permission(let permission) = entry.route.access { try visit.call.context.require(permission) }
        try readQuery(target.query, entry, &visit)
        try Self.checkAccept(entry, visit)
        try await readBody(entry, &visit)
        return try await run(entry, visit.call)
    }

    private func run(_ entry: RouteEntry, _ call: Call) async throws -> Answer {
        guard entry.route.cost != .point else { return try await entry.route.handler(call) }
        try budget?.take(Self.client(call), at: call.context.now)
        guard metrics.queries.value < settings.maximumQueries else {
            throw Refusal(.unavailable, "Too many queries run at the moment; try again in a second.")
        }
        metrics.queries.add(1)
        defer { metrics.queries.add(-1) }
        return try await entry.route.handler(call)
    }

    /// Whose budget a call takes from: the account's or key's, else the network address's.
    private static func client(_ call: Call) -> String {
        switch call.context.actor.kind {
        case .officer, .key: call.context.actor.id
        default: call.client() ?? "unknown"
        }
    }

    private static func parameters(_ entry: RouteEntry, _ values: [Range<Int>], _ bytes: [UInt8]) -> [String: String] {
        guard !values.isEmpty else { return [:] }
        var parameters: [String: String] = [:]
        for (name, range) in zip(entry.parameterNames, values) {
            parameters[name] = String(decoding: bytes[range], as: UTF8.self)
        }
        return parameters
    }

    /// 404, unless the path without the slash at its end is one of ours.
    private func elsewhere(_ target: RequestTarget, _ visit: Visit) throws(Refusal) -> Answer {
        if visit.isRead, target.path.hasSuffix("/"), target.path != "/" {
            let text = visit.request.target
            let end = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
            let bare = String(text[..<end].dropLast())
            if let shorter = try? RequestTarget(bare), !bare.hasPrefix("//"), matcher.match(shorter) != nil {
                return .permanentRedirect(bare + text[end...])
            }
        }
        throw Refusal(.notFound, "There is nothing at '\(target.path.prefix(200))'. Check the address.")
    }

    /// OPTIONS is answered for every path; other methods that a path lacks are refused.
    private static func withoutRoute(_ place: RouteMatcher.Place, _ visit: Visit) throws -> Answer {
        let allow = place.allowed.joined(separator: ", ")
        guard visit.request.method == .options else { throw MethodNotAllowed(allow: allow) }
        var answer = Answer(.noContent, headers: [.allow: allow])
        if let entry = place.entry(for: .get), entry.route.isShared {
            answer.headers[.accessControlAllowOrigin] = "*"
            answer.headers[.accessControlAllowMethods] = "GET, HEAD, OPTIONS"
            answer.headers[.accessControlAllowHeaders] =
                "Accept, Authorization, Content-Type, Fiware-Correlator, Fiware-Service, Fiware-ServicePath, "
                + "If-None-Match, Link, NGSILD-Tenant, X-Auth-Token"
            answer.headers[.accessControlMaxAge] = "86400"
        }
        return answer
    }

    private static func checkAccept(_ entry: RouteEntry, _ visit: Visit) throws(Refusal) {
        guard let accept = visit.fields.accept, accept != "*/*", !entry.producedTypes.isEmpty else { return }
        if accept == entry.producedTypes[0].essence { return }
        guard Accept(accept).best(of: entry.producedTypes) == nil else { return }
        throw Refusal(
            .notAcceptable,
            "This address gives \(entry.producedTypes.map(\.text).joined(separator: ", ")); name one of them in 'Accept'."
        )
    }
}

/// The refusal of a method, with what `Allow` must say.
struct MethodNotAllowed: Error {
    let allow: String

    var refusal: Refusal {
        Refusal(.methodNotAllowed, "This address takes \(allow); use one of these methods.")
    }
}
