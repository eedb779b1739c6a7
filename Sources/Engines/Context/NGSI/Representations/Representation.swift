import Entities
import JSON
import Storage
import Web

/// How an answer shows entities (ETSI GS CIM 009 clauses 4.5.0–4.5.4 and 6.3.7): which form, which attributes, and
/// whether with the system's times.
struct Representation: Sendable {
    enum Form: String, Sendable { case normalized, concise, simplified }

    var form: Form
    var hasSystemAttributes: Bool
    /// Only these; empty: all.
    var attributes: [String]
    /// `application/ld+json`: the context stands in the body.
    var hasContext: Bool

    static let options = ["normalized", "concise", "simplified", "keyValues", "sysAttrs"]

    init(_ call: Call, attributes: [String]) throws(Refusal) {
        self.attributes = attributes
        form = .normalized
        hasSystemAttributes = false
        hasContext = call.preferred(of: ["application/json", "application/ld+json"]) == "application/ld+json"
        for option in try call.list("options") {
            guard Self.options.contains(option) else {
                throw Refusal(
                    .badRequest, "There is no option '\(option)'.",
                    faults: [.init("options", "One or more of \(Self.options.joined(separator: ", ")).")])
            }
            if option == "sysAttrs" { hasSystemAttributes = true } else { form = Self.form(option) }
        }
        if let format = call.query["format"] { form = Self.form(format) }
    }

    private static func form(_ name: String) -> Form {
        name == "keyValues" ? .simplified : Form(rawValue: name) ?? .normalized
    }

    /// Whether stored documents are the answer as they are.
    private var isStored: Bool { form == .normalized && !hasSystemAttributes && attributes.isEmpty }

    /// Distinguishes the entity tags of one version's representations.
    var tagSuffix: String {
        guard !(isStored && !hasContext) else { return "" }
        let marks =
            attributes.isEmpty ? "" : "." + EntityTag(of: Array(attributes.joined(separator: ",").utf8)).value.prefix(8)
        return "-\(form.rawValue.prefix(1))\(hasSystemAttributes ? "s" : "")\(hasContext ? "l" : "")\(marks)"
    }

    var mediaType: String { hasContext ? "application/ld+json" : "application/json" }

    private static let context = Array("\"@context\":\"\(CoreContext.address)\",".utf8)

    /// Appends one entity. Stored bytes go out as they are where the form is theirs.
    func write(_ entity: StoredEntity, into bytes: inout [UInt8]) {
        if isStored {
            guard hasContext else {
                bytes += entity.document
                return
            }
            bytes.append(UInt8(ascii: "{"))
            bytes += Self.context
            bytes += entity.document.dropFirst()
        } else {
            var members = self.members(entity)
            if hasContext { members.insert(.init("@context", .string(CoreContext.address)), at: 0) }
            JSON.object(JSONObject(members)).write(into: &bytes)
        }
    }

    private func members(_ entity: StoredEntity) -> [JSONObject.Member] {
        let types = entity.types
        var members: [JSONObject.Member] = [
            .init("id", .string(entity.id)),
            .init("type", types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })),
        ]
        if hasSystemAttributes {
            members.append(.init("createdAt", .string(DateTime.text(entity.createdAt))))
            members.append(.init("modifiedAt", .string(DateTime.text(entity.modifiedAt))))
        }
        for member in entity.attributes.members where attributes.isEmpty || attributes.contains(member.name) {
            members.append(.init(member.name, attribute(member, of: entity)))
        }
        return members
    }

    private func attribute(_ member: JSONObject.Member, of entity: StoredEntity) -> JSON {
        if form == .simplified { return SimplifiedAttribute.value(member.value) }
        var value = member.value
        if hasSystemAttributes {
            let times: [JSONObject.Member] = [
                .init("createdAt", .string(DateTime.text(entity.createdAt(ofAttribute: member.name)))),
                .init("modifiedAt", .string(DateTime.text(entity.modifiedAt(ofAttribute: member.name)))),
            ]
            value = value.mappingInstances { JSONObject($0.members + times) }
        }
        return form == .concise ? ConciseAttribute.value(value) : value
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
