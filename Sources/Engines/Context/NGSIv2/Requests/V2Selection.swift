import Entities
import JSON
import Storage
import Web

/// Which entities by id and type, exactly or by pattern: of a list, of `op/query`, of a subscription.
struct V2Selection: Sendable {
    var ids: [String] = []
    var idPattern: String?
    var types: [String] = []
    var typePattern: String?

    /// One element of `entities` in a body.
    init(json: JSON) throws(Refusal) {
        guard let object = json.objectValue else {
            throw .badV2("an entity of the entities vector must be a JSON object")
        }
        for name in object.names where !["id", "idPattern", "type", "typePattern"].contains(name) {
            throw .badV2("unrecognized field in entities vector: \(name.prefix(50))")
        }
        let id = try Self.text(object, "id", "entity id")
        idPattern = try Self.pattern(object, "idPattern", "idPattern")
        let type = try Self.text(object, "type", "entity type")
        typePattern = try Self.pattern(object, "typePattern", "typePattern")
        if id == nil, idPattern == nil { throw .badV2("nor /id/ nor /idPattern/ present") }
        if id != nil, idPattern != nil { throw .badV2("/id/ and /idPattern/ present") }
        if type != nil, typePattern != nil { throw .badV2("/type/ and /typePattern/ present") }
        ids = id.map { [$0] } ?? []
        types = type.map { [$0] } ?? []
    }

    init(_ request: V2Request) throws(Refusal) {
        ids = request.list("id")
        types = request.list("type")
        idPattern = request.call.query["idPattern"].flatMap { $0.isEmpty ? nil : $0 }
        typePattern = request.call.query["typePattern"].flatMap { $0.isEmpty ? nil : $0 }
        if !ids.isEmpty, idPattern != nil { throw .badV2("Incompatible parameters: id, IdPattern") }
        if !types.isEmpty, typePattern != nil { throw .badV2("Incompatible parameters: type, typePattern") }
    }

    private static func text(_ object: JSONObject, _ name: String, _ what: String) throws(Refusal) -> String? {
        guard let json = object[name] else { return nil }
        guard let text = json.stringValue else { throw .badV2("Invalid JSON type for \(what)") }
        try V2Syntax.check(text, what)
        return text
    }

    private static func pattern(_ object: JSONObject, _ name: String, _ what: String) throws(Refusal) -> String? {
        guard let json = object[name] else { return nil }
        guard let text = json.stringValue else { throw .badV2("Invalid JSON type for entity \(what)") }
        guard !text.isEmpty else { throw .badV2("entity \(what) length: 0, min length supported: 1") }
        return text
    }

    /// For the store. Refuses patterns that it cannot use.
    func selector() throws(Refusal) -> EntitySelector {
        var selector = EntitySelector(
            ids: ids, idPattern: try Self.compiled(idPattern, "idPattern"),
            types: types.isEmpty ? nil : TypeExpression(anyOf: types.map(V2Names.storedType)),
            typePattern: try Self.compiled(typePattern, "typePattern"))
        selector.showsFreeNames = true
        return selector
    }

    private static func compiled(_ text: String?, _ what: String) throws(Refusal) -> Pattern? {
        guard let text, text != ".*" else { return nil }
        do { return try Pattern(text) } catch { throw .badV2("Invalid regex for entity \(what)") }
    }
}
