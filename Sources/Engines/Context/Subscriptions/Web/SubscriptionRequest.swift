import Entities
import Foundation
import HTTPTypes
import JSON
import Storage
import Web

/// Requests for subscriptions of NGSI-LD (ETSI GS CIM 009 clauses 5.8.1 to 5.8.5).
struct SubscriptionRequest: Sendable {
    let store: SubscriptionStore
    let entities: EntityStore
    let parkedStore: ParkedStore
    let policy: ReceiverPolicy
    let contexts: ContextReader

    func create(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try await SubscriptionBody(call, contexts, space: space.name)
        let id = body.source["id"]?.stringValue ?? "urn:ngsi-ld:Subscription:\(UUID().uuidString.lowercased())"
        body.source["id"] = .string(id)
        let (context, now) = (call.context, call.context.now)
        var record = SubscriptionRecord(
            key: SubscriptionKey(space: space.name, id: id), owner: context.actor.tenant ?? context.tenant,
            maker: SubscriptionMaker(context.actor), dialect: .ngsiLD, source: body.source, createdAt: now,
            modifiedAt: now)
        try settle(&record, body.names)
        try await checkNotifiedContext(record, context)
        try await store.create(context, record)
        let path = "\(SubscriptionRoutes.root)/\(Call.percentEncoded(id, keeping: ":"))"
        return space.mark(Answer(.created, headers: [.location: path]))
    }

    func list(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        try await space.requireExisting(call, entities)
        let (limit, offset) = (try call.integer("limit") ?? 20, try call.integer("offset") ?? 0)
        guard limit > 0 || call.flag("count") else {
            throw Refusal(
                .badRequest, "A limit of 0 goes with count=true only.", faults: [.init("limit", "At least 1.")])
        }
        let found = try await store.list(
            call.context, space: space.name, dialect: .ngsiLD, limit: limit + 1, offset: offset,
            after: call.query["after"])
        let page = found.page.prefix(limit)
        let form = SubscriptionForm(call)
        var answer = Answer.json(.array(page.map(form.json)), type: form.mediaType)
        if call.flag("count"), let name = HTTPField.Name.ngsiCount { answer.headers[name] = String(found.total) }
        var links = form.hasContext ? [] : [RequestContext.core.linkHeader]
        if found.page.count > limit, let last = page.last {
            let next = call.address(with: "after", last.record.key.id, dropping: ["offset"])
            links.append("<\(next)>; rel=\"next\"; type=\"\(form.mediaType)\"")
        }
        if !links.isEmpty { answer.headers[.link] = links.joined(separator: ", ") }
        return space.mark(answer)
    }

    func retrieve(_ call: Call) async throws -> Answer {
        let key = Self.key(call)
        try await NGSISpace(call).requireExisting(call, entities)
        guard let found = try await store.get(call.context, key, .ngsiLD) else { throw Refusal.noSubscription(key) }
        let form = SubscriptionForm(call)
        var answer = Answer.json(form.json(found), type: form.mediaType)
        if !form.hasContext {
            let names = try? await contexts.context(found.record.context, space: key.space, in: call.context)
            answer.headers[.link] = (names ?? .core).linkHeader
        }
        return NGSISpace(call).mark(answer)
    }

    /// Clause 5.8.2: members of the body take the place of those of the same name; null removes one. A context that the
    /// body brings holds for the whole subscription from then on.
    func update(_ call: Call) async throws -> Answer {
        let (key, context) = (Self.key(call), call.context)
        let patch = try await SubscriptionBody(call, contexts, space: key.space)
        let body = patch.source
        if let id = body["id"]?.stringValue, id != key.id {
            throw Refusal(
                .invalid, "The body's id is not the one in the address.", faults: [.init("/id", "Leave it out.")])
        }
        guard let known = try await store.get(context, key, .ngsiLD)?.record else { throw Refusal.noSubscription(key) }
        let old = try await contexts.context(known.context, space: key.space, in: context)
        let names = patch.names.source == nil ? old : patch.names
        try await store.update(context, key, .ngsiLD) { record throws(Refusal) in
            guard record.context == known.context else {
                throw Refusal(.conflict, "The subscription was changed at the same time; send it again.")
            }
            for member in body.members {
                let isNull = member.value.isNull || member.value.stringValue == "urn:ngsi-ld:null"
                record.source[member.name] = isNull ? Optional<JSON>.none : member.value
            }
            record.source["id"] = .string(key.id)
            try settle(&record, names)
        }
        return NGSISpace(call).mark(.noContent)
    }

    func delete(_ call: Call) async throws -> Answer {
        try await store.delete(call.context, Self.key(call), .ngsiLD)
        return NGSISpace(call).mark(.noContent)
    }

    /// What follows from the source: activity, expiry, and that notifications may go where it says.
    private func settle(_ record: inout SubscriptionRecord, _ names: RequestContext) throws(Refusal) {
        record.isActive = record.source["isActive"]?.boolValue ?? true
        record.expiresAt = record.source["expiresAt"]?.stringValue.flatMap(DateTime.instant)
        try record.settleNames(names)
        if let expiresAt = record.expiresAt, expiresAt <= record.modifiedAt {
            throw Refusal(
                .badRequest, "The subscription would be over before it began.",
                faults: [.init("/expiresAt", "Name a time in the future.")])
        }
        let uri = try NGSISubscription.read(record).endpoint.uri
        if let host = EndpointAddress(uri)?.host, let fault = policy.faultAtOnce(host: host) {
            throw Refusal(
                .badRequest, "Notifications cannot go there: \(fault)",
                faults: [.init("/notification/endpoint/uri", fault)])
        }
    }

    /// Refuses a `jsonldContext` that cannot be had now.
    private func checkNotifiedContext(
        _ record: SubscriptionRecord, _ context: OperationContext
    ) async throws(Refusal) {
        guard let wanted = record.source["jsonldContext"] else { return }
        _ = try await contexts.context(wanted, space: record.key.space, in: context)
    }

    static func key(_ call: Call) -> SubscriptionKey {
        SubscriptionKey(space: NGSISpace(call).name, id: call.parameter("id"))
    }
}
