import Entities
import JSON
import Storage

/// Reads the members of a JSON object and gathers what is wrong with them, each with its JSON pointer.
struct SubscriptionSource {
    private(set) var faults: [Refusal.Fault] = []

    mutating func fault(_ pointer: String, _ detail: String) {
        if faults.count < 50 { faults.append(.init(pointer, detail)) }
    }

    /// A text that is not empty; nil if the member is not there.
    mutating func text(_ object: JSONObject, _ name: String, _ pointer: String) -> String? {
        guard let value = object[name] else { return nil }
        if let text = value.stringValue, !text.isEmpty { return text }
        fault("\(pointer)/\(name)", "It must be a text that is not empty.")
        return nil
    }

    mutating func flag(_ object: JSONObject, _ name: String, _ pointer: String) -> Bool? {
        guard let value = object[name] else { return nil }
        if let flag = value.boolValue { return flag }
        fault("\(pointer)/\(name)", "It must be true or false.")
        return nil
    }

    /// A number that is greater than 0, or 0 where that is allowed.
    mutating func number(
        _ object: JSONObject, _ name: String, _ pointer: String, allowsZero: Bool = false
    ) -> Double? {
        guard let value = object[name] else { return nil }
        if let number = value.doubleValue, number > 0 || (allowsZero && number == 0), number < 1e12 { return number }
        fault("\(pointer)/\(name)", allowsZero ? "It must be 0 or a number above it." : "It must be a number above 0.")
        return nil
    }

    /// Texts that are not empty; one text alone will do.
    mutating func texts(_ object: JSONObject, _ name: String, _ pointer: String) -> [String]? {
        guard let value = object[name] else { return nil }
        if let text = value.stringValue, !text.isEmpty { return [text] }
        let texts = value.arrayValue?.compactMap(\.stringValue).filter { !$0.isEmpty } ?? []
        if !texts.isEmpty, texts.count == value.arrayValue?.count { return texts }
        fault("\(pointer)/\(name)", "It must be an array of texts with at least one element.")
        return nil
    }

    mutating func objects(_ object: JSONObject, _ name: String, _ pointer: String) -> [JSONObject]? {
        guard let value = object[name] else { return nil }
        let objects = value.arrayValue?.compactMap(\.objectValue) ?? []
        if !objects.isEmpty, objects.count == value.arrayValue?.count { return objects }
        fault("\(pointer)/\(name)", "It must be an array of objects with at least one element.")
        return nil
    }

    mutating func object(_ object: JSONObject, _ name: String, _ pointer: String) -> JSONObject? {
        guard let value = object[name] else { return nil }
        if let own = value.objectValue { return own }
        fault("\(pointer)/\(name)", "It must be an object.")
        return nil
    }

    mutating func instant(_ object: JSONObject, _ name: String, _ pointer: String) -> Instant? {
        guard let text = text(object, name, pointer) else { return nil }
        if let instant = DateTime.instant(text) { return instant }
        fault("\(pointer)/\(name)", "It must be a DateTime such as 2026-04-01T00:00:00Z.")
        return nil
    }

    mutating func choice(_ object: JSONObject, _ name: String, _ pointer: String, of values: [String]) -> String? {
        guard let text = text(object, name, pointer) else { return nil }
        if values.contains(text) { return text }
        fault("\(pointer)/\(name)", "It must be one of \(values.joined(separator: ", ")).")
        return nil
    }

    /// Refuses if something was wrong.
    func finish() throws(Refusal) {
        guard let first = faults.first else { return }
        throw Refusal(.invalid, "The subscription is not valid: \(first.pointer): \(first.detail)", faults: faults)
    }
}
