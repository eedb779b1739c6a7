import Crypto
import Entities
import Foundation
import JSON
import Storage

/// Notifications of NGSI-LD (ETSI GS CIM 009 clauses 5.3.1, 5.8.6 and 6.3.9).
struct NGSINotificationRenderer: NotificationRenderer {
    let contexts: ContextReader
    var clock: any WallClock = SystemClock()

    func render(
        _ subscription: Subscription, _ entities: [NotifiedEntity], at now: Instant
    ) async throws -> RenderedNotification {
        let form = NotificationForm(subscription, await context(subscription))
        var body = Array(#"{"id":"urn:ngsi-ld:Notification:"#.utf8)
        body += UUID().uuidString.lowercased().utf8
        body += #"","type":"Notification","subscriptionId":"#.utf8
        JSON.string(subscription.key.id).write(into: &body)
        body += #","notifiedAt":"#.utf8
        JSON.string(DateTime.text(now)).write(into: &body)
        if subscription.endpoint.accept == "application/ld+json" {
            body += #","@context":"#.utf8
            form.context.member.write(into: &body)
        }
        body += #","data":"#.utf8
        form.write(entities, into: &body)
        body.append(UInt8(ascii: "}"))
        return request(subscription, form, body)
    }

    /// A context that is not to be had any more holds no notification back: whole IRIs and the core context say the same.
    private func context(_ subscription: Subscription) async -> RequestContext {
        guard let source = subscription.record.notifiedContext else { return .core }
        let own = OperationContext.system("notifications", clock: clock)
        let names = try? await contexts.context(source, space: subscription.key.space, in: own)
        return names ?? .core
    }

    private func request(
        _ subscription: Subscription, _ form: NotificationForm, _ body: [UInt8]
    ) -> RenderedNotification {
        let endpoint = subscription.endpoint
        let headers = headers(subscription, form)
        guard endpoint.kind == .mqtt else {
            return RenderedNotification(url: endpoint.uri, headers: headers, body: body)
        }
        // Clause 7.2: what would be headers goes into the message.
        let metadata = JSONObject(headers.map { .init($0.name, .string($0.value)) })
        var message = Array(#"{"metadata":"#.utf8)
        JSON.object(metadata).write(into: &message)
        message += #","body":"#.utf8
        message += body
        message.append(UInt8(ascii: "}"))
        return RenderedNotification(url: endpoint.uri, headers: [], body: message)
    }

    private func headers(_ subscription: Subscription, _ form: NotificationForm) -> [RenderedNotification.Header] {
        let endpoint = subscription.endpoint
        var headers = [RenderedNotification.Header("Content-Type", endpoint.accept)]
        if let link = form.link { headers.append(.init("Link", link)) }
        if subscription.key.space != "area" { headers.append(.init("NGSILD-Tenant", subscription.key.space)) }
        for pair in endpoint.receiverInfo {
            headers.removeAll { $0.name.lowercased() == pair.name.lowercased() }
            headers.append(.init(pair.name, pair.value))
        }
        return headers
    }
}
