import Entities
import JSON
import Storage

/// Draws one notification («Notification Messages», «Custom Notifications»).
struct V2NotificationDraft: Sendable {
    let subscriptionID: String
    let notification: V2Notification
    let notified: V2Notified
    let scope: JexlScope

    init(subscriptionID: String, _ notification: V2Notification, _ notified: V2Notified, at now: Instant) {
        self.subscriptionID = subscriptionID
        self.notification = notification
        self.notified = notified
        scope = notified.scope(at: now)
    }

    /// The body, its media type, and the format that `Ngsiv2-AttrsFormat` names.
    struct Content: Sendable {
        var bytes: [UInt8]
        var type: String
        var format: String
    }

    var content: Content {
        switch notification.target.body {
        case .standard: return standard(patched: nil)
        case .none: return Content(bytes: [], type: "application/json", format: "custom")
        case .text(let text):
            let filled = MacroText(PercentText.lenient(text)).text(in: scope)
            return Content(bytes: Array(filled.utf8), type: "text/plain", format: "custom")
        case .json(let json):
            return Content(bytes: json.replacingMacros(in: scope).bytes, type: "application/json", format: "custom")
        case .ngsi(let patch): return standard(patched: patch)
        }
    }

    private func standard(patched patch: JSONObject?) -> Content {
        var entity = V2Patch(
            id: V2ID.id(notified.entity.id), type: notified.entity.types.first.map(V2Names.name) ?? "Thing",
            attributes: notified.attributes)
        var patchedNames: Set<String> = []
        if let patch {
            var scope = scope
            entity.apply(patch, &scope)
            patchedNames = Set(patch.names)
        }
        let shown = shown(entity.attributes, patchedNames)
        let format = notification.format
        return Content(
            bytes: json(entity, shown, format).bytes, type: "application/json", format: format.rawValue)
    }

    private func json(_ entity: V2Patch, _ shown: [V2NamedAttribute], _ format: V2Notification.Format) -> JSON {
        let head: [JSONObject.Member] = [.init("id", .string(entity.id)), .init("type", .string(entity.type))]
        let whole = JSON.object(JSONObject(head + shown.map { .init($0.name, $0.attribute.json) }))
        let simple = JSON.object(JSONObject(head + shown.map { .init($0.name, $0.attribute.value) }))
        switch format {
        case .simplifiedNormalized: return whole
        case .simplifiedKeyValues: return simple
        case .normalized: return holder(whole)
        case .keyValues: return holder(simple)
        case .values: return holder(.array(shown.map(\.attribute.value)))
        }
    }

    private func holder(_ entity: JSON) -> JSON {
        ["subscriptionId": .string(subscriptionID), "data": .array([entity])]
    }

    /// The attributes that are asked for, in the order asked.
    private func shown(_ all: [V2NamedAttribute], _ patched: Set<String>) -> [V2NamedAttribute] {
        let changed = notified.changed.union(patched)
        let own = all.filter { !notification.onlyChanged || changed.contains($0.name) }
        var shown: [V2NamedAttribute] = []
        if notification.attributes.isEmpty {
            shown = own.filter { !notification.exceptions.contains($0.name) }
        }
        for name in notification.attributes where !shown.contains(where: { $0.name == name }) {
            if name == "*" {
                shown += own.filter { item in !shown.contains { $0.name == item.name } }
            } else if let found = own.first(where: { $0.name == name }) ?? notified.builtin(name) {
                shown.append(found)
            } else if notification.isCovered, !all.contains(where: { $0.name == name }) {
                shown.append(V2NamedAttribute(name, V2Attribute(type: "None", value: .null)))
            }
        }
        return shown.map(selecting)
    }

    private func selecting(_ item: V2NamedAttribute) -> V2NamedAttribute {
        guard !notification.metadata.isEmpty else { return item }
        var item = item
        let own = item.attribute.metadata
        item.attribute.metadata = notification.metadata.reduce(into: []) { kept, name in
            if name == "*" {
                kept += own.filter { candidate in !kept.contains { $0.name == candidate.name } }
            } else if let found = own.first(where: { $0.name == name }) ?? notified.builtinMetadata(name, of: item.name)
            {
                kept.append(found)
            }
        }
        return item
    }
}

// MARK: address and headers

extension V2NotificationDraft {
    /// The address with macros and query filled in; for MQTT the topic as its path.
    var url: String {
        let target = notification.target
        let address = target.isCustom ? MacroText(target.url).text(in: scope) : target.url
        if let mqtt = target.mqtt {
            let topic = target.isCustom ? MacroText(mqtt.topic).text(in: scope) : mqtt.topic
            return V2Target.address(address, mqtt, topic: topic)
        }
        guard !target.query.isEmpty else { return address }
        let query = target.query.map { name, value in
            PercentText.encoded(MacroText(name).text(in: scope)) + "="
                + PercentText.encoded(MacroText(value).text(in: scope))
        }
        return address + (address.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    /// Names and values in order; those of the subscription go before our own, and an empty one takes ours away.
    func headers(_ content: Content, correlator: String) -> [(name: String, value: String)] {
        let own = notification.target.headers.map { name, value in
            (
                name: MacroText(PercentText.lenient(name)).text(in: scope),
                value: MacroText(PercentText.lenient(value)).text(in: scope)
            )
        }.filter { !Self.fixed.contains($0.name.lowercased()) }
        var headers: [(name: String, value: String)] = [
            ("Content-Type", content.type), ("Accept", "application/json"),
            ("Fiware-ServicePath", V2ServicePath.path(of: notified.entity)),
        ]
        if notified.entity.space != "area" { headers.append(("Fiware-Service", notified.entity.space)) }
        headers = headers.filter { header in !own.contains { $0.name.lowercased() == header.name.lowercased() } }
        headers += own.filter { !$0.value.isEmpty }
        return headers + [("Fiware-Correlator", correlator), ("Ngsiv2-AttrsFormat", content.format)]
    }

    /// Headers that a subscription cannot set.
    private static let fixed: Set<String> = ["fiware-correlator", "ngsiv2-attrsformat"]
}

extension PercentText {
    /// With percent-encoded characters resolved; as it is where that makes no text.
    static func lenient(_ text: String) -> String { text.contains("%") ? decoded(text) ?? text : text }
}
