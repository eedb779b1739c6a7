import Entities
import HTTPTypes
import JSON
import LinkedData
import Storage
import Web

/// Requests for the contexts that this broker keeps or has fetched (ETSI GS CIM 009 clauses 5.13.2 to 5.13.5).
struct ContextRequests: Sendable {
    let library: ContextLibrary
    let entities: EntityStore

    func add(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        try await space.requireExisting(call, entities)
        guard let source = try call.ngsiBody()["@context"], !source.isNull else {
            throw Refusal(
                .badRequest, "The body is an object with the context in \"@context\".",
                faults: [.init("/@context", "It is missing.")])
        }
        let document: JSON = ["@context": source]
        try await library.check(document, space: space.name, call.context)
        let kept = try await library.hosted.add(document, space: space.name, call.context)
        return space.mark(Answer(.created, headers: [.location: ContextPaths.path(kept.id)]))
    }

    func list(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        try await space.requireExisting(call, entities)
        let kind = call.query["kind"]
        var found: [ContextDetails] = []
        if kind != "Cached" {
            found += try await library.hosted.list(space: space.name, call.context).map(details)
        }
        if kind == nil || kind == "Cached" { found += try await library.cached.list(call.context).map(details) }
        let shown = found.filter { kind == nil || $0.kind == kind }
        let list = shown.map { call.flag("details") ? $0.json : .string($0.address) }
        let type = call.preferred(of: ["application/json", "application/ld+json"]) ?? "application/json"
        return space.mark(.json(.array(list), type: type))
    }

    /// The context itself, or what is known of it. A fetched one is not served in the place of its own server.
    func retrieve(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), call.parameter("id"))
        if let hosted = try await library.hosted.get(id, space: space.name, call.context) {
            guard !call.flag("details") else { return space.mark(.json(details(hosted).json)) }
            let type = call.preferred(of: ContextRoutes.media) ?? ContextRoutes.media[0]
            // It never changes, only goes.
            return space.mark(.json(hosted.document, type: type, headers: [.cacheControl: "max-age=3600"]))
        }
        guard let cached = await library.cached.known(id, call.context) else { throw Refusal.noContext(id) }
        guard call.flag("details") else {
            throw Refusal(.unprocessable, "This context is only cached here; read it at its own address.")
        }
        return space.mark(.json(details(cached).json))
    }

    func delete(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), call.parameter("id"))
        if await library.cached.known(id, call.context) != nil {
            if call.flag("reload") {
                try await library.reload(id, call.context)
            } else {
                try await library.cached.remove(id, call.context)
                library.forgetNames()
            }
            return space.mark(.noContent)
        }
        guard !call.flag("reload") else {
            guard try await library.hosted.get(id, space: space.name, call.context) == nil else {
                throw Refusal(
                    .badRequest, "Only cached contexts are reloaded; this one is kept here.",
                    faults: [.init("reload", "Leave it out.")])
            }
            throw Refusal.noContext(id)
        }
        try await library.hosted.delete(id, space: space.name, call.context)
        library.usage.forget(id)
        library.forgetNames()
        return space.mark(.noContent)
    }

    private func details(_ hosted: HostedContext) -> ContextDetails {
        ContextDetails(
            address: library.address(of: hosted.id), id: hosted.id, kind: hosted.kind.rawValue,
            createdAt: hosted.createdAt, usage: library.usage[hosted.id])
    }

    private func details(_ cached: CachedContext) -> ContextDetails {
        ContextDetails(
            address: cached.address, id: cached.address, kind: "Cached",
            createdAt: Instant(seconds: cached.createdAt), usage: library.usage[cached.address],
            expiresAt: Instant(seconds: cached.expiresAt))
    }
}

/// What is known of a context (clause 5.13.3.5).
struct ContextDetails {
    var address: String
    var id: String
    var kind: String
    var createdAt: Instant
    var usage: ContextUsage.Figures?
    /// When it is asked for anew.
    var expiresAt: Instant?

    var json: JSON {
        var json: JSON = [
            "URL": .string(address), "localId": .string(id), "kind": .string(kind),
            "timestamp": .string(DateTime.text(createdAt)), "numberOfHits": JSON(usage?.hits ?? 0),
        ]
        if let usage { json["lastUsage"] = .string(DateTime.text(Instant(seconds: usage.lastUsage))) }
        if let expiresAt { json["extraInfo"] = ["expiresAt": .string(DateTime.text(expiresAt))] }
        return json
    }
}
