import JSON
import Storage

/// A subscription as NGSIv2 clients write it («Subscription payload datamodel»), checked.
package struct V2Subscription: Sendable {
    enum Status: String, Sendable { case active, inactive, oneshot }

    var description: String?
    var subject: V2Subject
    var notification: V2Notification
    /// Nil: for good.
    var expires: Instant?
    var status = Status.active
    /// Seconds.
    var throttling = 0

    static let fields = ["description", "subject", "notification", "expires", "status", "throttling"]

    /// Reads a whole subscription. Refuses in Orion's words.
    package init(_ source: JSONObject) throws(Refusal) {
        description = try V2Fields.text(source, "description")
        if let description {
            guard description.unicodeScalars.count <= 1_024 else { throw .badV2("max description length exceeded") }
            guard V2Syntax.isAllowed(description) else { throw .badV2("forbidden characters in description") }
        }
        guard let subject = source["subject"] else { throw .badV2("no subject for subscription specified") }
        self.subject = try V2Subject(subject)
        guard let notification = source["notification"] else {
            throw .badV2("no notification for subscription specified")
        }
        self.notification = try V2Notification(notification)
        if let text = try V2Fields.text(source, "expires"), !text.isEmpty {
            guard let instant = V2DateTime.instant(text) else { throw .badV2("expires has an invalid format") }
            expires = instant
        }
        if let text = try V2Fields.text(source, "status") {
            guard let status = Status(rawValue: text) else {
                throw .badV2("status is not valid: it has to be either active or inactive")
            }
            self.status = status
        }
        throttling = try V2Fields.integer(source, "throttling") ?? 0
        guard throttling >= 0 else { throw .badV2("throttling must be positive") }
    }

    /// The fields of a body, for a new subscription or laid over another one's.
    static func source(_ json: JSON, over old: JSONObject = JSONObject()) throws(Refusal) -> JSONObject {
        guard let body = json.objectValue else { throw .orion(.parseError, "Errors found in incoming JSON buffer") }
        guard !body.isEmpty else { throw .badV2("empty payload") }
        var source = old
        for member in body.members where fields.contains(member.name) { source[member.name] = member.value }
        return source
    }
}

/// What a subscription is about.
struct V2Subject: Sendable {
    enum Alteration: String, Sendable { case entityCreate, entityUpdate, entityChange, entityDelete }

    var entities: [V2Selection] = []
    /// Only changes of these; empty: of any.
    var attributes: [String] = []
    var expression: [String: String] = [:]
    var alterations: [Alteration] = []
    var notifiesOnMetadata = true

    init(_ json: JSON) throws(Refusal) {
        guard let subject = json.objectValue else { throw .badV2("subject is not an object") }
        guard let given = subject["entities"] else { throw .badV2("no subject entities specified") }
        guard let elements = given.arrayValue else { throw .badV2("subject entities is not an array") }
        guard !elements.isEmpty else { throw .badV2("subject entities is empty") }
        for element in elements { entities.append(try V2Selection(json: element)) }
        for entity in entities { _ = try entity.selector() }
        guard let condition = subject["condition"] else { return }
        guard let condition = condition.objectValue else { throw .badV2("condition is not an object") }
        guard !condition.isEmpty else { throw .badV2("condition is empty") }
        try read(condition)
    }

    private mutating func read(_ condition: JSONObject) throws(Refusal) {
        if let json = condition["attrs"] { attributes = try V2Lists.names(json, "attrs") }
        if let json = condition["expression"] {
            expression = try V2Lists.expression(json)
            if let q = expression["q"] { _ = try V2Condition.q(q) }
            if let mq = expression["mq"] { _ = try V2Condition.mq(mq) }
            _ = try V2GeoQuery.query(expression["georel"], expression["geometry"], expression["coords"])
        }
        if let json = condition["alterationTypes"] {
            for name in try V2Lists.names(json, "alterationTypes") {
                guard let alteration = Alteration(rawValue: name) else {
                    throw .badV2("unknown alterationType: \(name.prefix(50))")
                }
                alterations.append(alteration)
            }
        }
        notifiesOnMetadata = try V2Fields.flag(condition, "notifyOnMetadataChange") ?? true
    }
}

/// Fields of a body with a JSON type that they must have.
enum V2Fields {
    static func text(_ object: JSONObject, _ name: String, _ what: String? = nil) throws(Refusal) -> String? {
        guard let json = object[name] else { return nil }
        guard let text = json.stringValue else { throw .badV2("\(what ?? name) is not a string") }
        return text
    }

    static func integer(_ object: JSONObject, _ name: String) throws(Refusal) -> Int? {
        guard let json = object[name] else { return nil }
        guard let value = json.intValue else { throw .badV2("\(name) must be an integer") }
        return value
    }

    static func flag(_ object: JSONObject, _ name: String) throws(Refusal) -> Bool? {
        guard let json = object[name] else { return nil }
        guard let value = json.boolValue else { throw .badV2("\(name) must be a boolean") }
        return value
    }
}
