import Tabular

/// Rows of a matched table.
struct TableProducer: RowProducer {
    let reader: TableReader
    var mapper: RowMapper

    mutating func next() throws -> ProducedRow? {
        guard let row = try reader.next() else { return nil }
        switch mapper.map(row) {
        case .success(let mapped):
            return .staged(
                .entity(mapped, type: mapper.match.model.type), corrections: mapped.corrections,
                warnings: mapped.warnings)
        case .failure(let reason):
            return .quarantined(QuarantinedRow(line: row.line, reason: reason, original: row.rawText))
        }
    }
}
