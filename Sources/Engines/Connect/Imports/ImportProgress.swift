/// How far a file is, for a terminal's bar.
public struct ImportProgress: Sendable {
    public enum Stage: String, Sendable { case checking, applying, linking, finished }

    public var file: String
    public var stage: Stage
    public var rowsDone: Int
    /// Known once the file was checked.
    public var rowsTotal: Int?

    public init(file: String, stage: Stage, rowsDone: Int, rowsTotal: Int? = nil) {
        self.file = file
        self.stage = stage
        self.rowsDone = rowsDone
        self.rowsTotal = rowsTotal
    }
}

public typealias ImportObserver = @Sendable (ImportProgress) -> Void
