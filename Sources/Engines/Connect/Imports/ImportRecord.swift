import Entities
import JSON
import Storage

/// An import as stored.
public struct ImportRecord: Sendable {
    public enum State: String, Sendable {
        /// The file is being read into the staging table.
        case checking
        /// The whole file is staged; chunks are being applied.
        case applying
        case applied, refused, undone
    }

    public var id: String
    public var tenant: TenantID
    public var file: String
    public var state: State
    public var visibility: Visibility
    /// The municipality that the file is about, if it is about one.
    public var about: String?
    /// Chunks of 1,000 rows.
    public var chunks: Int
    /// Chunks that are in the database.
    public var applied: Int
    public var started: Instant
    public var finished: Instant?
    public var report: ImportReport
    package var kind: RecognisedFile.Kind?
    package var type: String?
    package var series: String?
    package var sameAsGroup: String?
    package var size: Int64
    package var modified: Int64
    package var digest: String
    package var catalogue: String
    package var path: String

    package init?(_ row: Row) {
        guard let state = State(rawValue: row.text("state")), let tree = try? JSON(parsing: row.bytes("report")),
            let report = ImportReport(json: tree)
        else { return nil }
        id = row.text("id")
        tenant = TenantID(row.text("tenant"))
        file = row.text("file")
        self.state = state
        visibility = Visibility(rawValue: row.text("visibility")) ?? .tenant
        about = row.optionalText("about")
        chunks = row.int("chunks")
        applied = row.int("applied")
        started = row.instant("started")
        finished = row.optionalInstant("finished")
        self.report = report
        kind = RecognisedFile.Kind(rawValue: row.text("kind"))
        type = row.optionalText("type")
        series = row.optionalText("series")
        sameAsGroup = row.optionalText("group_name")
        size = row.int64("size")
        modified = row.int64("modified")
        digest = row.text("digest")
        catalogue = row.text("catalogue")
        path = row.text("path")
    }

    /// Whether an actor may know of it: what is public to all, the rest by visibility.
    package func isVisible(to actor: Actor) -> Bool {
        switch visibility {
        case .public: state == .applied || actor.belongsToABody || actor.isUnrestricted
        case .bodies: actor.belongsToABody || actor.isUnrestricted
        case .tenant: actor.tenant == tenant || actor.isUnrestricted
        }
    }
}
