import Foundation
import JSON

/// Values as they stand in an archive: whole numbers and doubles as numbers that read back to the same bits, texts as
/// strings, bytes as strings of base64.
enum ArchiveValue {
    static func write(_ value: SQLValue, _ kind: Column.Kind, into line: inout [UInt8]) {
        switch value {
        case .null: line += "null".utf8
        case .bool(let value): line += (value ? "true" : "false").utf8
        case .int64(let value): line += (kind == .bool ? (value != 0 ? "true" : "false") : "\(value)").utf8
        case .double(let value): line += "\(value)".utf8
        case .text(let value): JSON.string(value).write(into: &line)
        case .bytes(let value):
            line.append(UInt8(ascii: "\""))
            line += Data(value).base64EncodedData()
            line.append(UInt8(ascii: "\""))
        }
    }

    /// Refuses what is not of the kind.
    static func read(_ json: JSON, _ kind: Column.Kind) throws(Refusal) -> SQLValue {
        if json.isNull { return .null }
        let value: SQLValue? =
            switch kind {
            case .text: json.stringValue.map { .text($0) }
            case .int64, .instant, .identity, .transaction:
                if case .int(let number) = json { .int64(number) } else { nil }
            case .double: json.doubleValue.map { .double($0) }
            case .bool: json.boolValue.map { .bool($0) }
            case .bytes, .json: json.stringValue.flatMap { Data(base64Encoded: $0) }.map { .bytes(Array($0)) }
            }
        guard let value else { throw Refusal(.invalid, "The archive holds a value that is no \(kind.rawValue).") }
        return value
    }
}
