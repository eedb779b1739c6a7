import Geometry
import JSON
import Storage

/// Checks attributes one by one and gathers what is wrong, each with its JSON pointer.
struct AttributeChecker {
    private(set) var faults: [Refusal.Fault] = []
    private let naming: Naming

    init(naming: Naming) { self.naming = naming }

    private let deepest = 8

    /// The attribute as it will be stored: without system members.
    mutating func check(_ name: String, _ value: JSON) -> JSON {
        let pointer = "/" + name.pointerStep
        if EntityChecker.reservedNames.contains(name) {
            fault(pointer, "'\(name)' cannot be the name of an attribute.")
        } else if !Names.isName(name, naming) {
            fault(
                pointer, "'\(name.shortened)' is not an attribute name: start with a letter, then letters, digits or _."
            )
        }
        return attribute(value, pointer, depth: 0)
    }

    private mutating func attribute(_ value: JSON, _ pointer: String, depth: Int) -> JSON {
        switch value {
        case .object(let object): return instance(object, pointer, depth: depth)
        case .array(let instances) where !instances.isEmpty: return several(instances, pointer, depth: depth)
        default:
            fault(pointer, "An attribute is an object with a \"type\", or an array of such objects.")
            return value
        }
    }

    private mutating func several(_ values: [JSON], _ pointer: String, depth: Int) -> JSON {
        var datasets: Set<String> = []
        var checked: [JSON] = []
        for (index, value) in values.enumerated() {
            let place = "\(pointer)/\(index)"
            guard let object = value.objectValue else {
                fault(place, "Each instance of an attribute is an object with a \"type\".")
                continue
            }
            if !datasets.insert(AttributeInstance(object: object).dataset).inserted {
                fault(place + "/datasetId", "Two instances have the same datasetId; at most one may have none.")
            }
            checked.append(instance(object, place, depth: depth))
        }
        return checked.count == 1 ? checked[0] : .array(checked)
    }

    private mutating func instance(_ object: JSONObject, _ pointer: String, depth: Int) -> JSON {
        guard depth < deepest else {
            fault(pointer, "Attributes of attributes are nested deeper than \(deepest).")
            return .object(object)
        }
        guard let name = object["type"]?.stringValue, let kind = AttributeKind(rawValue: name) else {
            let kinds = AttributeKind.allCases.map(\.rawValue).joined(separator: ", ")
            fault(pointer + "/type", "The \"type\" of an attribute is one of \(kinds).")
            return .object(object)
        }
        checkValue(object[kind.valueMember], of: kind, pointer)
        checkMetadata(object, pointer)
        let members = object.members.compactMap { member -> JSONObject.Member? in
            if AttributeKind.systemMembers.contains(member.name) || member.isDefaultDataset { return nil }
            if AttributeKind.reserved.contains(member.name) { return member }
            let place = "\(pointer)/\(member.name.pointerStep)"
            if !Names.isName(member.name, naming) {
                fault(place, "'\(member.name.shortened)' is not an attribute name.")
            }
            return JSONObject.Member(member.name, attribute(member.value, place, depth: depth + 1))
        }
        return .object(JSONObject(members))
    }

    private mutating func checkMetadata(_ object: JSONObject, _ pointer: String) {
        if let time = object["observedAt"], time.stringValue.flatMap(DateTime.instant) == nil {
            fault(pointer + "/observedAt", "observedAt must be a DateTime such as 2026-04-01T00:00:00Z.")
        }
        if let unit = object["unitCode"], unit.stringValue?.isEmpty ?? true {
            fault(pointer + "/unitCode", "unitCode must be a text, a code of UN/CEFACT such as CEL.")
        }
        if let time = object["expiresAt"], time.stringValue.flatMap(DateTime.instant) == nil {
            fault(pointer + "/expiresAt", "expiresAt must be a DateTime such as 2026-04-01T00:00:00Z.")
        }
        if let dataset = object["datasetId"], dataset != "@none", !(dataset.stringValue.map(Names.isURI) ?? false) {
            fault(pointer + "/datasetId", "datasetId must be a URI.")
        }
    }

    private mutating func checkValue(_ value: JSON?, of kind: AttributeKind, _ pointer: String) {
        let place = "\(pointer)/\(kind.valueMember)"
        guard let value else { return fault(place, "A \(kind.rawValue) needs \"\(kind.valueMember)\".") }
        if value.isNull && kind != .jsonProperty {
            return fault(place, "null is no value here; leave the attribute out.")
        }
        switch kind {
        case .property, .jsonProperty: break
        case .geoProperty: checkGeometry(value, place)
        case .relationship: checkURIs(value, place)
        case .languageProperty: checkLanguages(value, place)
        case .vocabProperty:
            if !value.isTextOrTexts { fault(place, "vocab is a text or an array of texts.") }
        case .listProperty:
            if value.arrayValue == nil { fault(place, "valueList is an array.") }
        case .listRelationship: checkObjectList(value, place)
        }
    }

    private mutating func checkGeometry(_ value: JSON, _ place: String) {
        do {
            _ = try Geometry(geoJSON: value)
        } catch {
            fault(place + error.pointer, error.description)
        }
    }

    private mutating func checkURIs(_ value: JSON, _ place: String) {
        let texts = value.arrayValue ?? [value]
        if texts.isEmpty || !texts.allSatisfy({ $0.stringValue.map(Names.isURI) ?? false }) {
            fault(place, "The object of a Relationship is a URI or an array of URIs.")
        }
    }

    private mutating func checkObjectList(_ value: JSON, _ place: String) {
        let isList = value.arrayValue?.allSatisfy { ($0["object"] ?? $0).stringValue.map(Names.isURI) ?? false }
        if isList != true { fault(place, "objectList is an array of URIs or of {\"object\": URI}.") }
    }

    private mutating func checkLanguages(_ value: JSON, _ place: String) {
        guard let map = value.objectValue else { return fault(place, "languageMap is an object of texts by language.") }
        for member in map.members where !member.value.isTextOrTexts {
            fault("\(place)/\(member.name.pointerStep)", "Each language has a text or an array of texts.")
        }
    }

    private mutating func fault(_ pointer: String, _ detail: String) {
        if faults.count < 50 { faults.append(.init(pointer, detail)) }
    }
}

extension JSONObject.Member {
    /// `@none` names the default instance, which is stored without a `datasetId`.
    fileprivate var isDefaultDataset: Bool { name == "datasetId" && value == "@none" }
}

extension JSON {
    fileprivate var isTextOrTexts: Bool {
        stringValue != nil || arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
    }
}

extension String {
    /// As one step of a JSON Pointer (RFC 6901 §3).
    package var pointerStep: String {
        guard utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return self }
        return split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}
