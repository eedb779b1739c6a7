import Foundation
import JSON

/// Values as they stand in an archive's lines.
enum ArchivedValue {
    static func json(_ value: SQLValue, _ kind: Column.Kind) -> JSON {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int64(let value): kind == .bool ? .bool(value != 0) : .int(value)
        case .double(let value): JSON(value) ?? .null
        case .text(let value): .string(value)
        case .bytes(let value): ["base64": .string(Data(value).base64EncodedString())]
        }
    }

    static func value(_ json: JSON, _ kind: Column.Kind) throws(Refusal) -> SQLValue {
        switch json {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let value): return .text(value)
        case .int(let value): return kind == .double ? .double(Double(value)) : .int64(value)
        case .number: if let value = json.doubleValue { return .double(value) }
        default:
            if let text = json["base64"]?.stringValue, let data = Data(base64Encoded: text) {
                return .bytes(Array(data))
            }
        }
        throw Refusal(.invalid, "The backup holds a value that cannot be read: \(json.description.prefix(80))")
    }

    /// The lines of an entry.
    static func lines(_ bytes: [UInt8]) throws(Refusal) -> [[JSON]] {
        var lines: [[JSON]] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let json = try? JSON(parsing: Array(line), limits: JSONLimits(maximumDepth: 64, maximumBytes: 1 << 30))
            guard let values = json?.arrayValue else {
                throw Refusal(.invalid, "A line of the backup cannot be read.")
            }
            lines.append(values)
        }
        return lines
    }
}
