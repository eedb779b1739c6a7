import HTTPTypes
import JSON
import Storage
import Web

/// A subscription or a part of one as a client sends it, with its context (ETSI GS CIM 009 clause 6.3.5).
struct SubscriptionBody: Sendable {
    /// Without the context.
    var source: JSONObject
    let names: RequestContext

    /// What only the broker says.
    private static let own: Set<String> = [
        "status", "timesSent", "timesFailed", "lastNotification", "lastFailure", "lastSuccess", "createdAt",
        "modifiedAt",
    ]

    init(_ call: Call, _ contexts: ContextReader, space: String) async throws {
        var json = try call.json()
        guard json.objectValue != nil else { throw Refusal(.invalid, "The body must be one JSON object.") }
        names = try await contexts.context(of: call, body: &json, space: space)
        source = json.objectValue ?? JSONObject()
        for name in source.names where Self.own.contains(name) { source[name] = nil }
    }
}
