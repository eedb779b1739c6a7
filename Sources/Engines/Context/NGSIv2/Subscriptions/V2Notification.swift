import JSON
import Storage

/// How a subscription notifies.
struct V2Notification: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case normalized, simplifiedNormalized, keyValues, simplifiedKeyValues, values
    }

    var target: V2Target
    /// In the order of the notification; empty: all.
    var attributes: [String] = []
    var exceptions: [String] = []
    var metadata: [String] = []
    var format = Format.normalized
    var onlyChanged = false
    /// Whether attributes that the entity lacks come as null.
    var isCovered = false
    var mostFailures: Int?

    private static let targets = ["http", "httpCustom", "mqtt", "mqttCustom"]

    init(_ json: JSON) throws(Refusal) {
        guard let object = json.objectValue else { throw .badV2("notification is not an object") }
        let given = Self.targets.filter { object[$0] != nil }
        guard given.count < 2 else { throw .badV2("only one of http, httpCustom, mqtt or mqttCustom is allowed") }
        guard let name = given.first, let target = object[name] else {
            throw .badV2("http, httpCustom, mqtt or mqttCustom is missing")
        }
        self.target = try V2Target(name, target)
        try readAttributes(object)
        onlyChanged = try V2Fields.flag(object, "onlyChangedAttrs") ?? false
        isCovered = try V2Fields.flag(object, "covered") ?? false
        if isCovered, attributes.isEmpty {
            throw .badV2("covered true cannot be used if notification attributes list is empty")
        }
        if let json = object["metadata"] { metadata = try V2Lists.names(json, "metadata") }
        if let text = try V2Fields.text(object, "attrsFormat") {
            guard let format = Format(rawValue: text) else {
                let names = Format.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badV2("invalid attrsFormat, accepted values: \(names)")
            }
            self.format = format
        }
        mostFailures = try V2Fields.integer(object, "maxFailsLimit")
        if let mostFailures, mostFailures <= 0 { throw .badV2("maxFailsLimit must be greater than zero") }
    }

    private mutating func readAttributes(_ object: JSONObject) throws(Refusal) {
        guard object["attrs"] == nil || object["exceptAttrs"] == nil else {
            throw .badV2("http notification has attrs and exceptAttrs")
        }
        if let json = object["attrs"] { attributes = try V2Lists.names(json, "attrs") }
        guard let json = object["exceptAttrs"] else { return }
        exceptions = try V2Lists.names(json, "exceptAttrs")
        if exceptions.isEmpty { throw .badV2("http notification has exceptAttrs is empty") }
    }
}
