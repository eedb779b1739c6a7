import Crypto
import JSON
import Storage

/// A chunk of rows as bytes for the staging table.
package struct StagedChunk: Sendable {
    /// From 1.
    package var number: Int
    package var rows: Int
    package var payload: [UInt8]
}

package enum StagedPayload {
    package static func encode(_ rows: [StagedRow]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            encode(row).write(into: &bytes)
            bytes.append(0x0A)
        }
        return bytes
    }

    private static func encode(_ row: StagedRow) -> JSON {
        switch row {
        case .entity(let row, let type):
            let municipality: JSON = row.municipality.map { .string($0) } ?? .null
            return ["e", .int(Int64(row.line)), .string(row.id), .string(type), municipality, .object(row.attributes)]
        case .measurement(let row):
            let head: [JSON] = ["m", .int(Int64(row.line)), .string(row.key), .int(row.microseconds)]
            return .array(head + row.values.map { $0 ?? .null })
        case .cells(let number, let line, let cells):
            return .array(["c", .int(Int64(number)), .int(Int64(line))] + cells)
        }
    }

    package static func decode(_ payload: [UInt8]) throws(Refusal) -> [StagedRow] {
        var rows: [StagedRow] = []
        for line in payload.split(separator: 0x0A) {
            guard let tree = try? JSON(parsing: Array(line)), let row = decode(tree.arrayValue ?? []) else {
                throw Refusal(.storage, "A staged chunk cannot be read back.")
            }
            rows.append(row)
        }
        return rows
    }

    private static func decode(_ items: [JSON]) -> StagedRow? {
        guard items.count >= 3, let line = items[1].intValue else { return nil }
        switch items[0].stringValue {
        case "e":
            guard items.count == 6, let id = items[2].stringValue, let type = items[3].stringValue,
                let attributes = items[5].objectValue
            else { return nil }
            let row = MappedRow(
                line: line, id: id, municipality: items[4].stringValue, attributes: attributes, corrections: 0,
                warnings: [])
            return .entity(row, type: type)
        case "m":
            guard items.count > 4, let key = items[2].stringValue, case .int(let time) = items[3] else { return nil }
            let values = items[4...].map { $0.isNull ? JSON?.none : $0 }
            return .measurement(Measurement(line: line, key: key, microseconds: time, values: values))
        case "c":
            guard let place = items[2].intValue else { return nil }
            return .cells(number: line, line: place, cells: Array(items[3...]))
        default: return nil
        }
    }
}
