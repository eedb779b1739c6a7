import Entities
import JSON
import Storage
import Web

/// A subscription as NGSI-LD shows it (ETSI GS CIM 009 clauses 5.2.12 and 5.2.14): its source with what became of it.
struct SubscriptionForm {
    let hasContext: Bool
    private let hasSystemAttributes: Bool
    private let now: Instant

    init(_ call: Call) {
        hasContext = call.preferred(of: ["application/json", "application/ld+json"]) == "application/ld+json"
        hasSystemAttributes = call.query["options"]?.contains("sysAttrs") ?? false
        now = call.context.now
    }

    var mediaType: String { hasContext ? "application/ld+json" : "application/json" }

    func json(_ overview: SubscriptionOverview) -> JSON {
        let record = overview.record
        var object = record.source
        let context = object["@context"] ?? RequestContext.core.member
        object["@context"] = hasContext ? context : Optional<JSON>.none
        object["isActive"] = .bool(record.isActive)
        object["status"] = .string(status(record))
        if hasSystemAttributes {
            object["createdAt"] = .string(DateTime.text(record.createdAt))
            object["modifiedAt"] = .string(DateTime.text(record.modifiedAt))
        }
        if let notification = object["notification"]?.objectValue {
            object["notification"] = .object(progress(notification, overview.state))
        }
        return .object(object)
    }

    private func status(_ record: SubscriptionRecord) -> String {
        if record.expiresAt.map({ $0 <= now }) ?? false { return "expired" }
        return record.isActive ? "active" : "paused"
    }

    private func progress(_ notification: JSONObject, _ state: SubscriptionState) -> JSONObject {
        var object = notification
        object["status"] = state.isFailing ? "failed" : "ok"
        object["timesSent"] = .int(state.timesSent)
        object["timesFailed"] = .int(state.timesFailed)
        let times = [
            ("lastNotification", state.lastNotification), ("lastFailure", state.lastFailure),
            ("lastSuccess", state.lastSuccess),
        ]
        for (name, time) in times { if let time { object[name] = .string(DateTime.text(time)) } }
        return object
    }
}
