import JSON
import Storage
import Tabular

/// A file after its first look: what it is and how its rows are read.
package struct RecognisedFile {
    package enum Kind: String, Sendable {
        case model, series, table, feed, shapes
    }

    var kind: Kind
    /// The entity type; `nil` for a table of its own.
    var type: String?
    /// How the model or table is called in Japanese.
    var title: String
    var score: Double
    var sameAsGroup: String?
    var series: SeriesModel?
    var columns: [ReportedColumn]
    var dialect: ReportedDialect?
    var producer: any RowProducer
}

/// A column of a file, and what it became.
public struct ReportedColumn: Sendable, Equatable {
    public var title: String
    /// The attribute; `nil`: kept as it is.
    public var attribute: String?
    /// The type found in the values, for tables of their own.
    public var type: String?
}

/// How a file was written.
public struct ReportedDialect: Sendable, Equatable {
    public var encoding: String
    public var delimiter: String
    public var headerLine: Int?

    package init(_ dialect: Tabular.Dialect) {
        encoding = dialect.encoding.rawValue
        delimiter = String(decoding: [dialect.delimiter], as: UTF8.self)
        headerLine = dialect.headerLine
    }
}
