import JSON
import Storage

/// One instance of an attribute in normalized form.
public struct AttributeInstance: Sendable {
    /// The instance in normalized form.
    public var object: JSONObject

    public init(object: JSONObject) { self.object = object }

    /// By its `type`; nil if that is none of the kinds.
    public var kind: AttributeKind? { object["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)) }
    /// The `datasetId`; empty for the default instance.
    public var dataset: String {
        let dataset = object["datasetId"]?.stringValue ?? ""
        return dataset == "@none" ? "" : dataset
    }

    var expiresAt: Instant? { object["expiresAt"]?.stringValue.flatMap(DateTime.instant) }

    /// What stands in `value`, `object`, `languageMap`…
    public var value: JSON? { kind.flatMap { object[$0.valueMember] } }

    /// What queries compare (ETSI GS CIM 009 clause 4.9).
    var comparableValue: JSON? {
        switch kind {
        case .property, .relationship, .vocabProperty, .listProperty: value
        default: nil
        }
    }
}

/// An attribute's instances: one object, or an array of objects with different `datasetId`s.
public enum AttributeInstances {
    /// None if the value is neither an object nor an array of such.
    public static func all(_ attribute: JSON) -> [AttributeInstance] {
        switch attribute {
        case .object(let object): [AttributeInstance(object: object)]
        case .array(let elements): elements.compactMap { $0.objectValue.map(AttributeInstance.init(object:)) }
        default: []
        }
    }

    /// `new` laid over `old`: instances of the same dataset are replaced, others stay (clauses 4.5.5 and 5.6.2).
    public static func merged(_ old: JSON?, with new: JSON) -> JSON {
        guard let old else { return new }
        var instances = all(old)
        for instance in all(new) {
            if let index = instances.firstIndex(where: { $0.dataset == instance.dataset }) {
                instances[index] = instance
            } else {
                instances.append(instance)
            }
        }
        return instances.count == 1 ? .object(instances[0].object) : .array(instances.map { .object($0.object) })
    }

    /// Several instances as an attribute; nil if there are none.
    public static func attribute(_ instances: [AttributeInstance]) -> JSON? {
        if instances.isEmpty { return nil }
        return instances.count == 1 ? .object(instances[0].object) : .array(instances.map { .object($0.object) })
    }
}
