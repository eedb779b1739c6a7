import JSON
import Tabular

/// Rows of a table that fits no model, in the types found in its columns.
struct OpenTableProducer: RowProducer {
    let reader: TableReader
    let types: [ColumnType]

    mutating func next() throws -> ProducedRow? {
        guard let row = try reader.next() else { return nil }
        if let defect = row.defect {
            return .quarantined(QuarantinedRow(line: row.line, reason: Remark(defect: defect), original: row.rawText))
        }
        let cells = types.indices.map { index in
            row.withCell(index) { OpenTableProducer.json(CellValue(utf8: $0), as: types[index], text: row[index]) }
        }
        return .staged(.cells(number: row.number, line: row.line, cells: cells), corrections: 0, warnings: [])
    }

    private static func json(_ value: CellValue, as type: ColumnType, text: String) -> JSON {
        switch (value, type) {
        case (.empty, _): .null
        case (.integer(let digits), .integer), (.integer(let digits), .decimal), (.decimal(let digits), .decimal):
            Digits.json(digits)
        case (.boolean(let truth), .boolean): .bool(truth)
        default: .string(LabelTrim.trimmed(text))
        }
    }
}
