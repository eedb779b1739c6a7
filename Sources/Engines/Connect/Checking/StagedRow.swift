import JSON

/// A row that was checked and waits to be applied.
package enum StagedRow: Sendable {
    case entity(MappedRow, type: String)
    case measurement(Measurement)
    /// A row of a table of its own: number, line, cells in the columns' types.
    case cells(number: Int, line: Int, cells: [JSON])
}

/// The values of one sensor at one time, in the order of the series' attributes.
package struct Measurement: Sendable, Equatable {
    package var line: Int
    /// The sensor's part of the id.
    package var key: String
    package var microseconds: Int64
    /// Digits or text as JSON; `nil`: nothing was measured.
    package var values: [JSON?]

    package init(
        line: Int, key: String, microseconds: Int64, values: [JSON?]
    ) {
        self.line = line
        self.key = key
        self.microseconds = microseconds
        self.values = values
    }
}

/// A row put aside: nothing of it is applied, and it can be downloaded.
public struct QuarantinedRow: Sendable, Equatable {
    public var line: Int
    public var reason: Remark
    /// The row as it stands in the file.
    public var original: String

    package init(
        line: Int, reason: Remark, original: String
    ) {
        self.line = line
        self.reason = reason
        self.original = original
    }
}

/// What reading on gives.
enum ProducedRow {
    case staged(StagedRow, corrections: Int, warnings: [Remark])
    case quarantined(QuarantinedRow)
}

/// Reads a file as rows to be applied.
protocol RowProducer {
    mutating func next() throws -> ProducedRow?
}
