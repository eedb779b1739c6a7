import Entities
import JSON

/// What happened to a file: shown in the terminal, on the import's page and as JSON.
public struct ImportReport: Sendable, Equatable {
    public enum State: String, Sendable {
        /// Checked only.
        case checked
        case applied
        /// Same content as before: nothing was written.
        case unchanged
        case refused
    }

    /// Something said of several rows.
    public struct Reason: Sendable, Equatable {
        public var remark: Remark
        public var count: Int
        /// The first lines it was said of.
        public var lines: [Int]

        /// The remark in English.
        public var text: String { remark.text }
    }

    package static let keptReasons = 50
    package static let keptLines = 5

    public var state = State.checked
    public var importID: String?
    public var file: String
    /// `model`, `series`, `table`, `feed` or `shapes`.
    public var kind: String
    public var type: String?
    public var title: String
    public var score: Double
    public var publisher: String?
    public var licence: String?
    public var attribution: String?
    public var visibility: String
    public var columns: [ReportedColumn] = []
    public var dialect: ReportedDialect?
    public var rows = 0
    /// Entities made, values appended, or rows of a table written.
    public var linked = 0
    public var updated = 0
    public var unchanged = 0
    public var quarantined = 0
    /// Cells whose value was put right; the original is kept beside it.
    public var corrected = 0
    /// Why rows were put aside.
    public var reasons: [Reason] = []
    /// What was noticed in rows that are linked all the same.
    public var warnings: [Reason] = []
    /// Why the file was refused.
    public var refusal: String?
    public var seconds = 0.0

    init(file: String, recognised: RecognisedFile, terms: SourceTerms) {
        self.file = file
        kind = recognised.kind.rawValue
        type = recognised.type
        title = recognised.title
        score = recognised.score
        columns = recognised.columns
        dialect = recognised.dialect
        publisher = terms.publisher
        licence = terms.licence
        attribution = terms.attribution
        visibility = terms.visibility.rawValue
    }

    /// A file that was refused before it was known what it is, or that is unchanged.
    package init(file: String, terms: SourceTerms, state: State, refusal: String? = nil) {
        self.file = file
        self.state = state
        self.refusal = refusal
        kind = ""
        title = file
        score = 0
        publisher = terms.publisher
        licence = terms.licence
        attribution = terms.attribution
        visibility = terms.visibility.rawValue
    }

    mutating func note(_ row: ProducedRow) {
        rows += 1
        switch row {
        case .quarantined(let row):
            quarantined += 1
            ImportReport.add(row.reason, line: row.line, to: &reasons)
        case .staged(let row, let corrections, let warnings):
            corrected += corrections
            for warning in warnings { ImportReport.add(warning, line: row.line, to: &self.warnings) }
        }
    }

    private static func add(_ remark: Remark, line: Int, to reasons: inout [Reason]) {
        if let index = reasons.firstIndex(where: { $0.remark == remark }) {
            reasons[index].count += 1
            if reasons[index].lines.count < keptLines { reasons[index].lines.append(line) }
        } else if reasons.count < keptReasons {
            reasons.append(Reason(remark: remark, count: 1, lines: [line]))
        }
    }
}

extension StagedRow {
    package var line: Int {
        switch self {
        case .entity(let row, _): row.line
        case .measurement(let row): row.line
        case .cells(_, let line, _): line
        }
    }
}
