import Entities
import JSON
import Storage
import Web

/// The `Query` of `POST /entityOperations/query` (ETSI GS CIM 009 clause 5.2.23): what the parameters of a list say, as
/// an object.
struct QueryBody {
    /// `entities`: any of these.
    let selectors: [EntitySelector]
    private var parameters: [QueryItems.Item] = []

    private static let texts = ["q", "scopeQ", "lang", "join", "geometryProperty", "collation", "format"]
    private static let lists = [
        "attrs", "pick", "omit", "datasetId", "expandValues", "jsonKeys", "containedBy", "orderBy",
    ]
    private static let known = Set(
        texts + lists + ["type", "entities", "geoQ", "joinLevel", "ordering", "id", "options", "local"])

    init(_ body: JSON, _ context: RequestContext) throws(Refusal) {
        guard let object = body.objectValue, object["type"] == "Query" else {
            throw Self.fault("/type", "The body is one object whose type is Query.")
        }
        if let name = object.names.first(where: { !Self.known.contains($0) }) {
            throw Self.fault("/\(name.prefix(50))", "A Query has no such member here.")
        }
        selectors = try Self.selectors(object["entities"], context)
        for name in Self.texts { try add(name, object[name]) }
        for name in Self.lists { try add(name, object[name]) }
        if let level = object["joinLevel"] { try add("joinLevel", level.intValue.map { .string(String($0)) } ?? .null) }
        if let geo = object["geoQ"] { try addGeo(geo) }
        if let ordering = object["ordering"] {
            for name in ["orderBy", "collation", "geometry", "coordinates"] {
                try add(name, ordering[name], at: "/ordering")
            }
        }
    }

    /// The call with the body's parameters beside those of the address.
    func asked(_ call: Call) -> Call {
        var asked = call
        let own = Set(parameters.map(\.name))
        asked.query.items = call.query.items.filter { !own.contains($0.name) } + parameters
        return asked
    }

    private mutating func add(_ name: String, _ value: JSON?, at pointer: String = "") throws(Refusal) {
        guard let value else { return }
        let text: String?
        switch value {
        case .string(let one): text = one
        case .array(let many):
            let texts = many.compactMap(\.stringValue)
            text =
                name == "coordinates"
                ? value.description : texts.count == many.count ? texts.joined(separator: ",") : nil
        default: text = nil
        }
        guard let text, !text.isEmpty else { throw Self.fault("\(pointer)/\(name)", "It cannot be read.") }
        parameters.append(.init(name, text))
    }

    private mutating func addGeo(_ geo: JSON) throws(Refusal) {
        guard geo.objectValue != nil else { throw Self.fault("/geoQ", "It is an object.") }
        for name in ["georel", "geometry", "coordinates", "geoproperty"] { try add(name, geo[name], at: "/geoQ") }
    }

    /// Clause 5.2.33: a type, and by choice ids or a pattern of them.
    private static func selectors(_ json: JSON?, _ context: RequestContext) throws(Refusal) -> [EntitySelector] {
        guard let json else { return [] }
        guard let elements = json.arrayValue, !elements.isEmpty else {
            throw fault("/entities", "It is an array of objects with a type.")
        }
        var selectors: [EntitySelector] = []
        for (index, element) in elements.enumerated() {
            selectors.append(try selector(element, "/entities/\(index)", context))
        }
        return selectors
    }

    private static func selector(
        _ json: JSON, _ pointer: String, _ context: RequestContext
    ) throws(Refusal) -> EntitySelector {
        var selector = EntitySelector()
        if let id = json["id"] {
            let ids = (id.arrayValue ?? [id]).compactMap(\.stringValue)
            guard !ids.isEmpty, ids.count == id.arrayValue?.count ?? 1 else {
                throw fault("\(pointer)/id", "It is a URI or an array of them.")
            }
            selector.ids = ids.map(context.reference)
        }
        if let pattern = json["idPattern"] {
            guard let text = pattern.stringValue else { throw fault("\(pointer)/idPattern", "It is a text.") }
            selector.idPattern = try EntityParameters.pattern(text, "\(pointer)/idPattern")
        }
        guard let type = json["type"]?.stringValue else {
            guard !selector.ids.isEmpty else { throw fault("\(pointer)/type", "Name a type, or * for any.") }
            return selector
        }
        if type != "*" { selector.types = try EntityParameters.types(type, context) }
        return selector
    }

    private static func fault(_ pointer: String, _ detail: String) -> Refusal {
        Refusal(.badRequest, "The query cannot be read: \(detail)", faults: [.init(pointer, detail)])
    }
}
