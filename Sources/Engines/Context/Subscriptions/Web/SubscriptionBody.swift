import HTTPTypes
import JSON
import Storage
import Web

/// A subscription or a part of one as a client sends it, with its context where it belongs (ETSI GS CIM 009 clause
/// 6.3.5).
struct SubscriptionBody {
    var source: JSONObject

    /// What only the broker says.
    private static let own: Set<String> = [
        "status", "timesSent", "timesFailed", "lastNotification", "lastFailure", "lastSuccess", "createdAt",
        "modifiedAt",
    ]

    init(_ call: Call) throws(Refusal) {
        guard case .object(var object) = try call.json() else {
            throw Refusal(.invalid, "The body must be one JSON object.")
        }
        let isLinked = call.headers[.contentType]?.hasPrefix("application/ld+json") ?? false
        if let context = object["@context"] {
            guard isLinked else {
                throw Refusal(
                    .invalid, "An \"@context\" in the body goes with application/ld+json.",
                    faults: [.init("/@context", "Leave it out, or send application/ld+json.")])
            }
            try CoreContext.check(context)
        } else {
            guard !isLinked else {
                throw Refusal(
                    .invalid, "A body of application/ld+json needs an \"@context\".",
                    faults: [.init("/@context", "Add it, or send application/json.")])
            }
            try CoreContext.checkLink(call)
        }
        for name in object.names where Self.own.contains(name) { object[name] = nil }
        source = object
    }
}
