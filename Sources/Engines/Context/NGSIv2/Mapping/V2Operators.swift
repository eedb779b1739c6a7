import Foundation
import JSON
import Storage

/// The update operators of Orion («Update operators for attribute values»), done on the value before the update.
enum V2Operators {
    enum Outcome: Sendable, Hashable {
        case value(JSON)
        /// The attribute stays as it is, or is not made.
        case nothing
    }

    static let names: Set<String> = [
        "$inc", "$mul", "$min", "$max", "$push", "$addToSet", "$pull", "$pullAll", "$set", "$unset",
    ]

    /// What the operation makes of the value; `old` is nil where the attribute is not there yet.
    static func apply(_ operation: JSONObject, to old: JSON?, type: String) throws(Refusal) -> Outcome {
        if operation["$set"] != nil || operation["$unset"] != nil { return try setting(operation, old) }
        guard let member = operation.members.first(where: { names.contains($0.name) }) else { return .nothing }
        let operand = member.value
        switch member.name {
        case "$inc", "$mul": return .value(try calculated(member.name, old ?? 0, operand))
        case "$min", "$max": return .value(try chosen(member.name, old, operand, type))
        case "$push": return .value(try pushed(old, operand))
        case "$addToSet": return .value(try added(old, operand))
        case "$pull":
            guard let old else { return .nothing }
            return .value(.array(try elements(old, member.name).filter { !same($0, operand) }))
        default:
            guard let old else { return .nothing }
            let gone = try elements(operand, member.name)
            return .value(.array(try elements(old, member.name).filter { item in !gone.contains { same($0, item) } }))
        }
    }

    private static func failure(_ sentence: String) -> Refusal { .orion(.internalServerError, sentence) }

    private static func same(_ left: JSON, _ right: JSON) -> Bool {
        if left == right { return true }
        guard let left = left.doubleValue, let right = right.doubleValue else { return false }
        return left == right
    }

    private static func calculated(_ name: String, _ old: JSON, _ operand: JSON) throws(Refusal) -> JSON {
        let verb = name == "$inc" ? "increment" : "multiply"
        guard let second = operand.decimalValue else { throw failure("Cannot \(verb) with non-numeric argument") }
        guard let first = old.decimalValue else {
            throw failure("Cannot apply \(name) to a value of non-numeric type")
        }
        guard let result = JSON(name == "$inc" ? first + second : first * second) else {
            throw failure("Cannot \(verb): the result is no number")
        }
        return result
    }

    /// The least or largest of both. What is compared with an attribute that is not there is 0, or 1970 for dates.
    private static func chosen(_ name: String, _ old: JSON?, _ operand: JSON, _ type: String) throws(Refusal) -> JSON {
        let isDate = V2Attribute.dateTypes.contains(type)
        let given =
            isDate ? operand.stringValue.flatMap(V2DateTime.normalized).map { JSON.string($0) } ?? operand : operand
        let before = old ?? (isDate ? "1970-01-01T00:00:00.000Z" : 0)
        guard let order = JexlOperators.order(given, before) else { return old == nil ? given : before }
        return (name == "$min" ? order < 0 : order > 0) ? given : before
    }

    private static func elements(_ value: JSON, _ name: String) throws(Refusal) -> [JSON] {
        guard let elements = value.arrayValue else { throw failure("Cannot apply \(name) to a non-array value") }
        return elements
    }

    private static func pushed(_ old: JSON?, _ operand: JSON) throws(Refusal) -> JSON {
        var list = try elements(old ?? [], "$push")
        guard let each = operand["$each"] else { return .array(list + [operand]) }
        let position = operand["$position"]?.intValue ?? list.count
        let place = position < 0 ? max(0, list.count + position) : min(position, list.count)
        list.insert(contentsOf: try elements(each, "$each"), at: place)
        return .array(list)
    }

    private static func added(_ old: JSON?, _ operand: JSON) throws(Refusal) -> JSON {
        var list = try elements(old ?? [], "$addToSet")
        for item in try operand["$each"].map({ each throws(Refusal) in try elements(each, "$each") }) ?? [operand]
        where !list.contains(where: { same($0, item) }) {
            list.append(item)
        }
        return .array(list)
    }

    private static func setting(_ operation: JSONObject, _ old: JSON?) throws(Refusal) -> Outcome {
        let removed = operation["$unset"]?.objectValue?.names ?? []
        guard let set = operation["$set"] else {
            guard let old else { return .nothing }
            guard var object = old.objectValue else { return .value(old) }
            for name in removed { object[name] = nil }
            return .value(.object(object))
        }
        guard let additions = set.objectValue else { return .value(set) }
        guard removed.allSatisfy({ additions[$0] == nil }) else {
            throw failure("Updating a sub-key by $set and $unset at once would create a conflict")
        }
        guard var object = (old ?? [:]).objectValue else {
            throw failure("Cannot create a field in a value that is no object")
        }
        object.merge(additions.members)
        for name in removed { object[name] = nil }
        return .value(.object(object))
    }
}

extension V2Attribute {
    /// Whether the value is an update operation.
    var isOperation: Bool { value.objectValue?.names.contains(where: V2Operators.names.contains) ?? false }
}
