import JSON
import Storage

/// Checks a query parameter against the simple words of its JSON Schema (`type`, `enum`, `minimum`, `maximum`,
/// `maxLength`), so that all routes refuse alike and handlers may rely on it.
struct ParameterCheck: Sendable {
    private enum Kind: Sendable { case text, integer, number, boolean }

    let name: String
    let isRequired: Bool
    private let kind: Kind
    private let choices: [String]
    private let minimum: Double?
    private let maximum: Double?
    private let maximumLength: Int?

    /// `nil` for path and header parameters.
    init?(_ parameter: Parameter) {
        guard parameter.place == .query else { return nil }
        name = parameter.name
        isRequired = parameter.isRequired
        kind =
            switch parameter.schema["type"]?.stringValue {
            case "integer": .integer
            case "number": .number
            case "boolean": .boolean
            default: .text
            }
        choices = parameter.schema["enum"]?.arrayValue?.compactMap(\.stringValue) ?? []
        minimum = parameter.schema["minimum"]?.doubleValue
        maximum = parameter.schema["maximum"]?.doubleValue
        maximumLength = parameter.schema["maxLength"]?.intValue
    }

    /// What is wrong with the query, `nil` if nothing.
    func fault(in query: QueryItems) -> Refusal.Fault? {
        let values = query.items.lazy.filter { $0.name == name }.map(\.value)
        if values.isEmpty, isRequired { return Refusal.Fault(name, "The parameter '\(name)' is required.") }
        return values.lazy.compactMap(complaint).first.map { Refusal.Fault(name, $0) }
    }

    private func complaint(_ value: String) -> String? {
        if !choices.isEmpty, !choices.contains(value) {
            return "'\(name)' must be one of: \(choices.joined(separator: ", "))."
        }
        if let maximumLength, value.unicodeScalars.count > maximumLength {
            return "'\(name)' is longer than \(maximumLength) characters."
        }
        switch kind {
        case .text: return nil
        case .boolean: return ["true", "false"].contains(value) ? nil : "'\(name)' must be 'true' or 'false'."
        case .integer: return rangeComplaint(Int64(value).map(Double.init), "a whole number")
        case .number: return rangeComplaint(Double(value), "a number")
        }
    }

    private func rangeComplaint(_ value: Double?, _ what: String) -> String? {
        guard let value, value.isFinite else { return "'\(name)' must be \(what)." }
        if let minimum, value < minimum { return "'\(name)' must be at least \(text(minimum))." }
        if let maximum, value > maximum { return "'\(name)' must be at most \(text(maximum))." }
        return nil
    }

    private func text(_ bound: Double) -> String { JSON(bound)?.description ?? "\(bound)" }
}
