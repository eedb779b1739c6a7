import Entities
import Geometry
import JSON
import Storage

/// Reads a subscription of NGSI-LD (ETSI GS CIM 009 clause 5.2.12).
struct NGSISubscription {
    private let record: SubscriptionRecord
    private let object: JSONObject
    private var source = SubscriptionSource()
    private let terms = Terms()

    /// The names that were met.
    private final class Terms { var names: Set<String> = [] }

    /// The names in a record's source that a context may give a meaning.
    static func names(in record: SubscriptionRecord) throws(Refusal) -> Set<String> {
        var reading = NGSISubscription(record)
        _ = try reading.subscription()
        return reading.terms.names
    }

    private func stored(_ name: String) -> String {
        terms.names.insert(name)
        return record.storedName(name)
    }

    static func read(_ record: SubscriptionRecord) throws(Refusal) -> Subscription {
        var reading = NGSISubscription(record)
        return try reading.subscription()
    }

    private init(_ record: SubscriptionRecord) {
        self.record = record
        object = record.source
    }

    private mutating func subscription() throws(Refusal) -> Subscription {
        if object["type"]?.stringValue != "Subscription" { source.fault("/type", "It must be \"Subscription\".") }
        var query = EntityQuery(space: record.key.space)
        query.selectors = selectors()
        query.condition = condition()
        query.geo = geoQuery()
        query.scope = scope()
        let watched = (source.texts(object, "watchedAttributes", "") ?? []).map(stored)
        if object["entities"] == nil, watched.isEmpty {
            source.fault("/entities", "Say which entities, or which watchedAttributes.")
        }
        let interval = source.number(object, "timeInterval", "")
        if interval != nil, object["watchedAttributes"] != nil || object["throttling"] != nil {
            source.fault("/timeInterval", "It does not go with watchedAttributes or throttling.")
        }
        let throttling = source.number(object, "throttling", "", allowsZero: true)
        let triggers = triggers()
        let splits = source.flag(object, "splitEntities", "") ?? false
        var endpoints = NGSIEndpoint(record)
        let endpoint = endpoints.endpoint()
        terms.names.formUnion(endpoints.names)
        checkRest()
        for fault in endpoints.source.faults { source.fault(fault.pointer, fault.detail) }
        try source.finish()
        var subscription = try Subscription(
            record: record, query: query, watchedAttributes: watched, triggers: triggers, timeInterval: interval,
            throttling: throttling, endpoint: endpoint)
        subscription.splitsEntities = splits
        return subscription
    }

    private mutating func checkRest() {
        _ = source.flag(object, "isActive", "")
        _ = source.instant(object, "expiresAt", "")
        for name in ["subscriptionName", "description", "jsonldContext"] { _ = source.text(object, name, "") }
        if let lang = source.text(object, "lang", ""), (try? LanguageChoice(parsing: lang)) == nil {
            source.fault("/lang", "It must be language tags such as ja or en-GB,fr;q=0.5.")
        }
        _ = source.texts(object, "datasetId", "")
        if let id = object["id"], id.stringValue.map(isURI) != true { source.fault("/id", "It must be a URI.") }
    }

    private func isURI(_ text: String) -> Bool {
        text.contains(":") && !text.contains { $0 == " " || $0 == "<" || $0 == ">" || $0 == "\"" }
    }

    private mutating func selectors() -> [EntitySelector] {
        guard let objects = source.objects(object, "entities", "") else { return [] }
        return objects.enumerated().map { selector($1, "/entities/\($0)") }
    }

    /// Clause 5.2.33: a type, and by choice ids or a pattern of them.
    private mutating func selector(_ object: JSONObject, _ pointer: String) -> EntitySelector {
        var selector = EntitySelector()
        selector.ids = source.texts(object, "id", pointer) ?? []
        for id in selector.ids where !isURI(id) { source.fault("\(pointer)/id", "'\(id)' is not a URI.") }
        if let pattern = source.text(object, "idPattern", pointer) {
            do {
                selector.idPattern = try Pattern(pattern)
            } catch {
                source.fault("\(pointer)/idPattern", "The pattern cannot be used: \(error.sentence).")
            }
        }
        guard let type = source.text(object, "type", pointer) else {
            if object["type"] == nil { source.fault("\(pointer)/type", "Name a type, or * for any.") }
            return selector
        }
        if type == "*" { return selector }
        do throws(QuerySyntaxError) {
            selector.types = try TypeExpression(parsing: type, mapName: stored)
        } catch {
            source.fault("\(pointer)/type", error.refusal.detail)
        }
        return selector
    }

    private mutating func condition() -> QueryCondition? {
        guard let text = source.text(object, "q", "") else { return nil }
        do throws(QuerySyntaxError) {
            return try QueryCondition(parsing: text).mapping(stored)
        } catch {
            source.fault("/q", error.refusal.detail)
            return nil
        }
    }

    private mutating func scope() -> ScopeQuery? {
        guard let text = source.text(object, "scopeQ", "") else { return nil }
        do throws(QuerySyntaxError) {
            return try ScopeQuery(parsing: text)
        } catch {
            source.fault("/scopeQ", error.refusal.detail)
            return nil
        }
    }

    private mutating func triggers() -> Set<NotificationTrigger> {
        guard let texts = source.texts(object, "notificationTrigger", "") else { return NotificationTrigger.standard }
        let triggers = texts.compactMap(NotificationTrigger.init(rawValue:))
        if triggers.count != texts.count {
            let names = NotificationTrigger.allCases.map(\.rawValue).joined(separator: ", ")
            source.fault("/notificationTrigger", "Its elements are of \(names).")
        }
        return Set(triggers)
    }

    /// Clause 4.10, as an object (5.2.13).
    private mutating func geoQuery() -> GeoQuery? {
        guard let geo = source.object(object, "geoQ", "") else { return nil }
        guard let relation = source.text(geo, "georel", "/geoQ"), let kind = source.text(geo, "geometry", "/geoQ"),
            let coordinates = geo["coordinates"]
        else {
            source.fault("/geoQ", "georel, geometry and coordinates go together.")
            return nil
        }
        do throws(Refusal) {
            var query = try GeoParameters.query(
                relation: relation, kind: kind, coordinates: coordinates.stringValue ?? coordinates.description,
                property: geo["geoproperty"]?.stringValue ?? "location")
            query.property = stored(query.property)
            return query
        } catch {
            source.fault("/geoQ/\(error.faults.first?.pointer ?? "")", error.faults.first?.detail ?? error.detail)
            return nil
        }
    }
}
