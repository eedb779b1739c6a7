import JSON

/// The rows of one table or index on their way from an archive into a database.
struct SectionLoad {
    private static let batchRows = 500
    private static let batchValues = 1 << 20

    let section: ArchiveSchema.Section
    private(set) var count = 0
    private var batch: [[SQLValue]] = []
    private var size = 0

    /// `nil` if the archive's columns are not the section's.
    init?(_ section: ArchiveSchema.Section, _ columns: [String]) {
        guard section.columns.map(\.name) == columns else { return nil }
        self.section = section
    }

    /// So many rows or so many bytes go into one transaction.
    var isFull: Bool { batch.count >= Self.batchRows || size >= Self.batchValues }

    mutating func take(_ values: [JSON]) throws(Refusal) {
        let columns = section.columns
        guard values.count == columns.count else {
            throw Refusal(.invalid, "The archive holds a row of '\(section.name)' with the wrong number of values.")
        }
        var row: [SQLValue] = []
        for (value, column) in zip(values, columns) {
            row.append(try ArchiveValue.read(value, column.kind))
            size += value.stringValue?.utf8.count ?? 8
        }
        batch.append(row)
        count += 1
    }

    mutating func takeBatch() -> [[SQLValue]] {
        defer { (batch, size) = ([], 0) }
        return batch
    }

    static func insert(
        _ rows: [[SQLValue]], into section: ArchiveSchema.Section, _ transaction: any Transaction
    ) throws(Refusal) {
        switch section {
        case .table(let table):
            let columns = table.columns.map { transaction.quoted($0.name) }.joined(separator: ", ")
            let places = table.columns.map { _ in "?" }.joined(separator: ", ")
            try transaction.executeMany(
                "INSERT INTO \(transaction.quoted(table.name)) (\(columns)) VALUES (\(places))", rows)
        case .textIndex(let name):
            try TextIndex(name).putFolded(
                rows.map { row in
                    if case .int64(let number) = row[0], case .text(let folded) = row[1] {
                        (number, folded)
                    } else {
                        (0, "")
                    }
                }, in: transaction)
        case .geoIndex(let name): try GeoIndex(name).putRows(rows, in: transaction)
        }
    }
}
