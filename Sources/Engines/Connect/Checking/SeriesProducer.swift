import Civic
import JSON
import Storage
import Tabular

/// Rows of a table of measurements.
struct SeriesProducer: RowProducer {
    let reader: TableReader
    let series: SeriesModel
    private let timeColumn: Int
    private let keyColumns: [Int]
    private let fixedKey: String?
    private let valueColumns: [Int]

    init(reader: TableReader, series: SeriesModel, fileStem: String) throws(Refusal) {
        self.reader = reader
        self.series = series
        var columns: [String: Int] = [:]
        for column in reader.columns { columns[TextFolding.headerKey(column.title)] = column.index }
        func place(_ title: String) throws(Refusal) -> Int {
            guard let index = columns[TextFolding.headerKey(title)] else {
                throw Refusal(.invalid, "The file has no column '\(title)', which the series '\(series.id)' needs.")
            }
            return index
        }
        timeColumn = try place(series.time)
        keyColumns = try series.key.columnNames.map(place)
        valueColumns = try series.values.map { value throws(Refusal) in try place(value.column) }
        fixedKey = series.key.heading.flatMap { reader.dialect.heading($0) } ?? (keyColumns.isEmpty ? fileStem : nil)
    }

    mutating func next() throws -> ProducedRow? {
        guard let row = try reader.next() else { return nil }
        if let defect = row.defect { return aside(row, Remark(defect: defect)) }
        guard let time = row.withCell(timeColumn, { SeriesProducer.moment(CellValue(utf8: $0)) }) else {
            return aside(row, Remark(.noTime, [series.time]))
        }
        let key = fixedKey ?? keyColumns.map { LabelTrim.trimmed(row[$0]) }.joined(separator: ":")
        guard !key.isEmpty else { return aside(row, Remark(.noSensor)) }
        var warnings: [Remark] = []
        let values = valueColumns.map { column in
            row.withCell(column) { SeriesProducer.value(CellValue(utf8: $0), warnings: &warnings) }
        }
        let measurement = Measurement(line: row.line, key: EntityKeys.urnPart(key), microseconds: time, values: values)
        return .staged(.measurement(measurement), corrections: 0, warnings: warnings)
    }

    private func aside(_ row: TableRow, _ reason: Remark) -> ProducedRow {
        .quarantined(QuarantinedRow(line: row.line, reason: reason, original: row.rawText))
    }

    private static func moment(_ value: CellValue) -> Int64? {
        switch value {
        case .timestamp(let stamp): stamp.microseconds
        case .date(let year, let month, let day):
            CivilDate(year: year, month: month, day: day).map { (Int64($0.dayNumber) * 86_400 - 32_400) * 1_000_000 }
        default: nil
        }
    }

    private static func value(_ value: CellValue, warnings: inout [Remark]) -> JSON? {
        switch value {
        case .empty: return nil
        case .integer(let digits), .decimal(let digits): return Digits.json(digits)
        case .text(let text) where text.allSatisfy({ "-－―ー*$".contains($0) }): return nil
        default:
            warnings.append(Remark(.notMeasured))
            return nil
        }
    }
}
