import JSON
import Storage

/// Reads `notification` and its `endpoint` (ETSI GS CIM 009 clauses 5.2.14 and 5.2.15).
struct NGSIEndpoint {
    static let mediaTypes = ["application/json", "application/ld+json", "application/geo+json"]
    static let formats = ["normalized", "concise", "keyValues", "simplified"]

    private let record: SubscriptionRecord
    private(set) var source = SubscriptionSource()
    /// The names of attributes that were met.
    private(set) var names: Set<String> = []

    init(_ record: SubscriptionRecord) { self.record = record }

    mutating func endpoint() -> NotificationEndpoint {
        guard let notification = source.object(record.source, "notification", "") else {
            if record.source["notification"] == nil { source.fault("/notification", "It is missing.") }
            return NotificationEndpoint(uri: "")
        }
        _ = source.choice(notification, "format", "/notification", of: Self.formats)
        for name in ["attributes", "pick", "omit"] {
            names.formUnion(source.texts(notification, name, "/notification") ?? [])
        }
        for name in ["sysAttrs", "showChanges"] { _ = source.flag(notification, name, "/notification") }
        for name in ["join", "joinLevel"] where notification[name] != nil && notification[name] != "@none" {
            source.fault("/notification/\(name)", "Notifications bring no linked entities; leave it out.")
        }
        if notification["pick"] != nil, notification["omit"] != nil {
            let both = Set(notification["pick"].map(texts) ?? []).intersection(notification["omit"].map(texts) ?? [])
            for name in both.sorted() { source.fault("/notification/omit", "'\(name)' is picked and omitted.") }
        }
        guard let endpoint = source.object(notification, "endpoint", "/notification") else {
            if notification["endpoint"] == nil { source.fault("/notification/endpoint", "It is missing.") }
            return NotificationEndpoint(uri: "")
        }
        return read(endpoint)
    }

    private func texts(_ json: JSON) -> [String] {
        json.arrayValue?.compactMap(\.stringValue) ?? json.stringValue.map { [$0] } ?? []
    }

    private mutating func read(_ object: JSONObject) -> NotificationEndpoint {
        let pointer = "/notification/endpoint"
        let uri = source.text(object, "uri", pointer) ?? ""
        if uri.isEmpty, object["uri"] == nil { source.fault("\(pointer)/uri", "It is missing.") }
        let accept = source.choice(object, "accept", pointer, of: Self.mediaTypes) ?? Self.mediaTypes[0]
        let endpoint = NotificationEndpoint(
            uri: uri, accept: accept, receiverInfo: pairs(object, "receiverInfo"),
            notifierInfo: pairs(object, "notifierInfo"),
            cooldown: source.number(object, "cooldown", pointer, allowsZero: true).map { $0 / 1_000 },
            timeout: source.number(object, "timeout", pointer).map { min($0 / 1_000, 300) })
        if !uri.isEmpty { check(uri, endpoint) }
        return endpoint
    }

    private mutating func check(_ uri: String, _ endpoint: NotificationEndpoint) {
        let pointer = "/notification/endpoint"
        guard let address = EndpointAddress(uri) else {
            return source.fault("\(pointer)/uri", "It must be a URI of http, https, mqtt or mqtts.")
        }
        guard endpoint.kind == .mqtt else { return }
        if address.path.isEmpty || uri.contains(where: { $0 == "#" || $0 == "+" }) {
            source.fault("\(pointer)/uri", "The path of an MQTT endpoint is the topic, without wildcards.")
        }
        if let qos = endpoint.notifierValue("MQTT-QoS"), !["0", "1", "2"].contains(qos) {
            source.fault("\(pointer)/notifierInfo", "MQTT-QoS is 0, 1 or 2.")
        }
        if let version = endpoint.notifierValue("MQTT-Version"), !["mqtt3.1.1", "mqtt5.0"].contains(version) {
            source.fault("\(pointer)/notifierInfo", "MQTT-Version is mqtt3.1.1 or mqtt5.0.")
        }
    }

    /// Clause 5.2.22: `[{"key": …, "value": …}]`.
    private mutating func pairs(_ object: JSONObject, _ name: String) -> [(name: String, value: String)] {
        let pointer = "/notification/endpoint/\(name)"
        guard let elements = object[name] else { return [] }
        let pairs = (elements.arrayValue ?? []).compactMap { element -> (name: String, value: String)? in
            guard let key = element["key"]?.stringValue, let value = element["value"] else { return nil }
            return (key, value.stringValue ?? value.description)
        }
        if pairs.count != elements.arrayValue?.count {
            source.fault(pointer, "It must be an array of {\"key\": …, \"value\": …}.")
        }
        for pair in pairs where !isHeader(pair.name) || pair.value.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
            source.fault(pointer, "'\(pair.name)' or its value cannot be a header field.")
        }
        return pairs
    }

    private func isHeader(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
