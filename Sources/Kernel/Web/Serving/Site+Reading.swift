import HTTPTypes
import Platform
import Storage

extension Site {
    /// A key goes before a session, since scripts name keys on purpose and browsers send cookies without being asked.
    func authenticate(_ visit: inout Visit) async throws {
        if let key = try Self.key(visit.fields) {
            guard let actor = try await authenticator.actor(bearingKey: key) else {
                throw Refusal(
                    .unauthenticated, "The API key is not known, or it has ended. Check it, or ask for a new one.")
            }
            visit.isKey = true
            become(actor, &visit)
        } else if let token = visit.fields.cookie(CookieName.session), !token.isEmpty {
            guard let signedIn = try await authenticator.session(token: token) else { return }
            visit.call.session = signedIn.session
            become(signedIn.actor, &visit)
        }
    }

    private func become(_ actor: Actor, _ visit: inout Visit) {
        visit.call.context.actor = actor
        visit.call.context.tenant = actor.tenant ?? .prefecture
    }

    private static func key(_ fields: RequestFields) throws(Refusal) -> String? {
        guard let authorization = fields.authorization else { return fields.key }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Refusal(.unauthenticated, "Send the API key as 'Authorization: Bearer KEY'.")
        }
        return String(parts[1].drop { $0 == " " })
    }

    func readQuery(_ text: Substring, _ entry: RouteEntry, _ visit: inout Visit) throws(Refusal) {
        if !text.isEmpty {
            visit.call.query = try QueryItems(urlEncoded: text.utf8)
            try Self.refuseUndeclared(visit.call.query, entry)
            if entry.isPage { try Self.readChoices(&visit.call) }
        }
        let faults = entry.checks.compactMap { $0.fault(in: visit.call.query) }
        guard faults.isEmpty else {
            throw Refusal(.invalid, faults.map(\.detail).joined(separator: " "), faults: faults)
        }
    }

    private static func refuseUndeclared(_ query: QueryItems, _ entry: RouteEntry) throws(Refusal) {
        for item in query.items where !entry.declaredQuery.contains(item.name) {
            if entry.isPage, item.name == "theme" { continue }
            let name = String(item.name.prefix(100))
            let hint =
                NearestName.of(item.name, in: entry.declaredQuery).map { "Did you mean '\($0)'?" }
                ?? "It takes: \(entry.declaredQuery.joined(separator: ", "))."
            throw Refusal(
                .badRequest, "There is no parameter '\(name)' here. \(hint)",
                faults: [.init(name, "Unknown parameter. \(hint)")])
        }
    }

    /// `?lang` and `?theme` of pages.
    private static func readChoices(_ call: inout Call) throws(Refusal) {
        if let text = call.query["lang"] {
            guard let language = Language(rawValue: text) else {
                throw Refusal(
                    .invalid, "'lang' must be one of: ja, ja-easy, en.", faults: [.init("lang", "Unknown language.")])
            }
            call.language = language
        }
        if let text = call.query["theme"] {
            guard let theme = Theme(rawValue: text) else {
                throw Refusal(
                    .invalid, "'theme' must be one of: system, light, dark.", faults: [.init("theme", "Unknown theme.")]
                )
            }
            call.theme = theme
        }
    }

    func readBody(_ entry: RouteEntry, _ visit: inout Visit) async throws {
        guard !visit.isRead else { return }
        visit.call.body = try await body(
            of: visit.request, limit: min(entry.route.bodyLimit, settings.maximumBodyBytes))
        if !visit.call.body.isEmpty, !entry.bodyTypes.isEmpty {
            let type = try Self.bodyType(entry, visit.fields)
            visit.call.form = try Form(visit.call.body, type: type) ?? Form()
        }
        guard !visit.isKey else { return }
        try protection.check(visit.call, visit.fields, authority: visit.request.authority)
    }

    private func body(of request: SiteRequest, limit: Int) async throws -> [UInt8] {
        switch request.body {
        case .incoming(let read): return try await read(limit)
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw Refusal.bodyTooLarge(limit) }
            return bytes
        }
    }

    private static func bodyType(_ entry: RouteEntry, _ fields: RequestFields) throws(Refusal) -> MediaType {
        let known = entry.bodyTypes.map(\.text).joined(separator: ", ")
        guard let text = fields.contentType else {
            throw Refusal(.unsupportedMediaType, "Name the type of the body in 'Content-Type': \(known).")
        }
        let type = MediaType(text)
        guard entry.bodyTypes.contains(where: { $0.contains(type) }) else {
            throw Refusal(
                .unsupportedMediaType, "The body is '\(type.essence.prefix(100))'; this address takes \(known).")
        }
        return type
    }
}

extension Refusal {
    static func bodyTooLarge(_ limit: Int) -> Refusal {
        limit == 0
            ? Refusal(.tooLarge, "This address takes no body; send the request without one.")
            : Refusal(.tooLarge, "The body is larger than \(limit) bytes; send less at once.")
    }
}
