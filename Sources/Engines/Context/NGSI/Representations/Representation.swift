import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// How an answer shows entities (ETSI GS CIM 009 clauses 4.5.0–4.5.4, 4.5.16 and 6.3.7): which form, which members, in
/// whose names, and whether with the system's times.
struct Representation: Sendable {
    enum Form: String, Sendable { case normalized, concise, simplified }
    enum Media: String, Sendable {
        case json = "application/json"
        case linked = "application/ld+json"
        case geo = "application/geo+json"
    }

    var form = Form.normalized
    var hasSystemAttributes = false
    var projection = Projection()
    var media: Media
    /// Whether the context stands in the body, not in the `Link` header.
    var hasContext: Bool
    /// What names are compacted with.
    var context: RequestContext
    var languages: LanguageChoice?
    /// `datasetId`s, empty text for the default instance; empty: all.
    var datasets: Set<String> = []
    /// The GeoProperty that becomes the geometry of a feature.
    var geometryProperty: String
    var join: Join?

    static let options = ["normalized", "concise", "simplified", "keyValues", "sysAttrs"]
    static let media = [Media.json, .linked, .geo].map(\.rawValue)

    /// - Parameter attributes: `attrs`, in stored names.
    init(_ call: Call, _ context: RequestContext, attributes: [String]) throws(Refusal) {
        media = call.preferred(of: Self.media).flatMap(Media.init(rawValue:)) ?? .json
        hasContext = media == .linked || media == .geo && !Self.prefersPlain(call)
        self.context = hasContext ? context : context.linked
        geometryProperty =
            try call.query["geometryProperty"].map { name throws(Refusal) in try context.stored(name) }
            ?? "location"
        projection.attributes = Set(attributes)
        projection.pick = try call.query["pick"].map { text throws(Refusal) in
            try ProjectionList(parsing: text, parameter: "pick", context)
        }
        projection.omit = try call.query["omit"].map { text throws(Refusal) in
            try ProjectionList(parsing: text, parameter: "omit", context)
        }
        languages = try call.query["lang"].map { text throws(Refusal) in try LanguageChoice(parsing: text) }
        datasets = Set(try call.list("datasetId").map { $0 == "@none" ? "" : $0 })
        join = try Join(call)
        try readForm(call)
    }

    private mutating func readForm(_ call: Call) throws(Refusal) {
        for option in try call.list("options") {
            guard Self.options.contains(option) else {
                throw Refusal(
                    .badRequest, "There is no option '\(option.prefix(50))'.",
                    faults: [.init("options", "One or more of \(Self.options.joined(separator: ", ")).")])
            }
            if option == "sysAttrs" { hasSystemAttributes = true } else { form = Self.form(option) }
        }
        if let format = call.query["format"] { form = Self.form(format) }
    }

    /// Clause 6.3.6: `Prefer: body=json` keeps the context out of GeoJSON.
    private static func prefersPlain(_ call: Call) -> Bool {
        HTTPField.Name("Prefer").flatMap { call.headers[$0] }.map { $0.filter { $0 != " " }.contains("body=json") }
            ?? false
    }

    private static func form(_ name: String) -> Form {
        name == "keyValues" ? .simplified : Form(rawValue: name) ?? .normalized
    }

    /// Whether stored documents are the answer as they are, but for the context.
    var isStored: Bool {
        form == .normalized && !hasSystemAttributes && projection.isAll && languages == nil && datasets.isEmpty
            && context.isCore && media != .geo && join == nil
    }

    /// Distinguishes the entity tags of one version's representations.
    var tagSuffix: String {
        if isStored, !hasContext { return "" }
        let marks =
            "\(form)\(hasSystemAttributes)\(media)\(projection.tagText)\(String(describing: languages))\(datasets.sorted())"
            + "\(geometryProperty)\(context.source?.description ?? "")"
        return "-" + EntityTag(of: Array(marks.utf8)).value.prefix(10)
    }

    /// The `Link` header of answers without a context in the body.
    var link: String? { hasContext ? nil : context.linkHeader }
}

extension Projection {
    /// The same for the same projection; dictionaries have no order.
    fileprivate var tagText: String {
        "\(attributes.sorted())\(pick?.tagText ?? "-")\(omit?.tagText ?? "-")"
    }
}

extension ProjectionList {
    fileprivate var tagText: String {
        "{" + members.map { $0.key + ($0.value?.tagText ?? "") }.sorted().joined(separator: ",") + "}"
    }
}

extension JSON {
    /// An attribute with each instance changed.
    func mappingInstances(_ change: (JSONObject) -> JSONObject) -> JSON {
        switch self {
        case .object(let object): .object(change(object))
        case .array(let elements): .array(elements.map { $0.mappingInstances(change) })
        default: self
        }
    }
}
