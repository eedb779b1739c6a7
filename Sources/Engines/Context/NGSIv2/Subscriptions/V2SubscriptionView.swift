import JSON
import Storage

/// A subscription as `GET /v2/subscriptions` shows it.
struct V2SubscriptionView: Sendable {
    /// What has become of its notifications.
    struct Progress: Sendable {
        var timesSent = 0
        var lastNotification: Instant?
        var lastFailure: Instant?
        var lastFailureReason: String?
        var lastSuccess: Instant?
        var lastSuccessCode: Int?
        var failsCounter = 0
    }

    var id: String
    /// The fields as the client gave them.
    var source: JSONObject
    var isActive: Bool
    var expires: Instant?
    var progress: Progress

    func json(at now: Instant) -> JSON {
        var members: [JSONObject.Member] = [.init("id", .string(id))]
        if let description = source["description"] { members.append(.init("description", description)) }
        if let expires { members.append(.init("expires", .date(expires))) }
        members.append(.init("status", .string(status(at: now))))
        members.append(.init("subject", subject))
        members.append(.init("notification", notification))
        if let throttling = source["throttling"], throttling != 0 { members.append(.init("throttling", throttling)) }
        return .object(JSONObject(members))
    }

    private func status(at now: Instant) -> String {
        if let expires, expires <= now { return "expired" }
        return isActive ? source["status"] == "oneshot" ? "oneshot" : "active" : "inactive"
    }

    private var subject: JSON {
        let given = source["subject"]?["condition"]
        var condition = JSONObject([.init("attrs", given?["attrs"] ?? [])])
        for name in ["expression", "alterationTypes"] {
            if let value = given?[name] { condition[name] = value }
        }
        condition["notifyOnMetadataChange"] = given?["notifyOnMetadataChange"] ?? true
        return ["entities": source["subject"]?["entities"] ?? [], "condition": .object(condition)]
    }

    private var notification: JSON {
        var shown = JSONObject()
        if progress.timesSent > 0 { shown["timesSent"] = JSON(progress.timesSent) }
        shown["lastNotification"] = progress.lastNotification.map { .date($0) }
        let given = source["notification"]?.objectValue ?? JSONObject()
        if given["exceptAttrs"] == nil { shown["attrs"] = given["attrs"] ?? [] }
        shown["exceptAttrs"] = given["exceptAttrs"]
        shown["onlyChangedAttrs"] = given["onlyChangedAttrs"] ?? false
        shown["attrsFormat"] = given["attrsFormat"] ?? "normalized"
        for name in ["http", "httpCustom", "mqtt", "mqttCustom"] { shown[name] = given[name].map(Self.hidingPassword) }
        shown["metadata"] = given["metadata"]
        shown["lastFailure"] = progress.lastFailure.map { .date($0) }
        shown["lastFailureReason"] = progress.lastFailureReason.map { .string($0) }
        shown["lastSuccess"] = progress.lastSuccess.map { .date($0) }
        shown["lastSuccessCode"] = progress.lastSuccessCode.map { JSON($0) }
        if progress.failsCounter > 0 { shown["failsCounter"] = JSON(progress.failsCounter) }
        shown["maxFailsLimit"] = given["maxFailsLimit"]
        shown["covered"] = given["covered"] ?? false
        return .object(shown)
    }

    private static func hidingPassword(_ target: JSON) -> JSON {
        guard target["passwd"] != nil else { return target }
        var target = target
        target["passwd"] = "xxxxx"
        return target
    }
}
