import Entities
import JSON
import Storage

/// Where notifications go: `http`, `httpCustom`, `mqtt` or `mqttCustom`.
struct V2Target: Sendable {
    enum Body: Sendable {
        /// In the form of `attrsFormat`.
        case standard
        case none
        case text(String)
        case json(JSON)
        /// A part of an entity, laid over the one that is notified.
        case ngsi(JSONObject)
    }

    struct MQTT: Sendable {
        var topic: String
        var qos = 0
        var retains = false
        var user: String?
        var password: String?
    }

    var url: String
    var isCustom: Bool
    var method = "POST"
    var headers: [(name: String, value: String)] = []
    var query: [(name: String, value: String)] = []
    var body = Body.standard
    /// Milliseconds.
    var timeout: Int?
    var mqtt: MQTT?

    /// Where notifications go as far as it is known without an entity; for MQTT with topic, user and password.
    var address: String { mqtt.map { Self.address(url, $0, topic: $0.topic) } ?? url }

    static func address(_ url: String, _ mqtt: MQTT, topic: String) -> String {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let user = mqtt.user, let password = mqtt.password, let start = base.firstRange(of: "://") else {
            return base + "/" + topic
        }
        let credentials = PercentText.encoded(user) + ":" + PercentText.encoded(password) + "@"
        return base[..<start.upperBound] + credentials + base[start.upperBound...] + "/" + topic
    }

    private static let methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT"]

    /// - Parameter kind: the name of the field.
    init(_ kind: String, _ json: JSON) throws(Refusal) {
        guard let object = json.objectValue else { throw .badV2("\(kind) notification is not an object") }
        isCustom = kind.hasSuffix("Custom")
        guard let url = try V2Fields.text(object, "url", "url \(kind) notification") else {
            throw .badV2(kind.hasPrefix("mqtt") ? "mandatory mqtt field /url/" : "url \(kind) notification is missing")
        }
        self.url = url
        if kind.hasPrefix("mqtt") {
            mqtt = try Self.mqtt(object, url)
        } else {
            try Self.check(http: url, isCustom: isCustom)
            timeout = try Self.timeout(object)
        }
        if kind == "httpCustom" { try readCustom(object) }
        if isCustom { body = try Self.body(object) }
    }

    private static func check(http url: String, isCustom: Bool) throws(Refusal) {
        guard V2Syntax.isAllowed(url) else {
            throw .badV2("forbidden characters in \(isCustom ? "custom" : "http field") /url/")
        }
        if isCustom, url.contains("${") { return }
        if url.hasPrefix("mqtt:") { throw .badV2("mqtt URL cannot be used in http notifications") }
        guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }), url.count > scheme.count else {
            throw .badV2(isCustom ? "invalid custom /url/" : "Invalid URL parsing notification url")
        }
    }

    private static func timeout(_ object: JSONObject) throws(Refusal) -> Int? {
        let timeout = try V2Fields.integer(object, "timeout")
        if let timeout, !(0...1_800_000).contains(timeout) {
            throw .badV2("timeout field must be an integer between 0 and 1800000")
        }
        return timeout == 0 ? nil : timeout
    }

    private mutating func readCustom(_ object: JSONObject) throws(Refusal) {
        if let method = try V2Fields.text(object, "method", "method httpCustom notification") {
            guard Self.methods.contains(method.uppercased()) else {
                throw .badV2("unknown method httpCustom notification")
            }
            self.method = method.uppercased()
        }
        headers = try Self.pairs(object["headers"], "notification httpCustom headers")
        query = try Self.pairs(object["qs"], "notification httpCustom qs")
    }

    private static func pairs(_ json: JSON?, _ what: String) throws(Refusal) -> [(name: String, value: String)] {
        guard let json else { return [] }
        guard let object = json.objectValue else { throw .badV2("\(what) is not an object") }
        guard !object.isEmpty else { throw .badV2("\(what) is empty") }
        var pairs: [(name: String, value: String)] = []
        for member in object.members {
            guard let text = member.value.stringValue else { throw .badV2("\(what) element is not a string") }
            guard V2Syntax.isAllowed(member.name), V2Syntax.isAllowed(text) else {
                throw .badV2("\(what) has forbidden characters")
            }
            pairs.append((member.name, text))
        }
        return pairs
    }

    private static func mqtt(_ object: JSONObject, _ url: String) throws(Refusal) -> MQTT {
        guard V2Syntax.isAllowed(url) else { throw .badV2("forbidden characters in mqtt field /url/") }
        let schemes = ["mqtt://", "mqtts://"]
        guard let scheme = schemes.first(where: { url.hasPrefix($0) }), url.count > scheme.count else {
            let isHTTP = url.hasPrefix("http:") || url.hasPrefix("https:")
            throw .badV2(isHTTP ? "http or https URL cannot be used in mqtt notifications" : "invalid mqtt /url/")
        }
        let rest = url.dropFirst(scheme.count)
        if let slash = rest.firstIndex(of: "/"), slash < rest.index(before: rest.endIndex) {
            throw .badV2("path cannot be used in mqtt url, use topic instead")
        }
        guard let topic = try V2Fields.text(object, "topic", "topic mqtt notification") else {
            throw .badV2("mandatory mqtt field /topic/")
        }
        guard !topic.isEmpty else { throw .badV2("empty mqtt field /topic/") }
        guard !topic.contains("+"), !topic.contains("#") else {
            throw .badV2("+ and # are not allowed in mqtt field /topic/")
        }
        guard V2Syntax.isAllowed(topic) else { throw .badV2("forbidden characters in mqtt field /topic/") }
        var mqtt = MQTT(topic: topic)
        mqtt.qos = try V2Fields.integer(object, "qos") ?? 0
        guard (0...2).contains(mqtt.qos) else { throw .badV2("mqtt qos field must be an integer in the 0 to 2 range") }
        mqtt.retains = try V2Fields.flag(object, "retain") ?? false
        mqtt.user = try V2Fields.text(object, "user", "user mqtt notification")
        mqtt.password = try V2Fields.text(object, "passwd", "passwd mqtt notification")
        guard (mqtt.user == nil) == (mqtt.password == nil) else {
            throw .badV2("you must use user and passwd fields simultaneously")
        }
        return mqtt
    }

    private static func body(_ object: JSONObject) throws(Refusal) -> Body {
        let given = ["payload", "json", "ngsi"].filter { object[$0] != nil }
        guard given.count < 2 else {
            throw .badV2(
                "only one of payload, json or ngsi fields accepted at the same time in httpCustom or mqttCustom")
        }
        if let payload = object["payload"] {
            if payload.isNull { return .none }
            guard let text = payload.stringValue else { throw .badV2("payload custom notification is not a string") }
            guard V2Syntax.isAllowed(text) else { throw .badV2("forbidden characters in custom /payload/") }
            return text.isEmpty ? .standard : .text(text)
        }
        if let json = object["json"] {
            guard json.arrayValue != nil || json.objectValue != nil else {
                throw .badV2("json fields in httpCustom or mqttCustom must be object or array")
            }
            return .json(json)
        }
        guard let ngsi = object["ngsi"] else { return .standard }
        return .ngsi(try V2Patch.checked(ngsi))
    }
}
