/// Why `data/plan` cannot be used. Found at start, never while serving.
public struct PlanDataError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `kpis.json`.
    public let file: String
    /// What is wrong and where.
    public let reason: String

    public var description: String { "The plan's file '\(file)' cannot be used. \(reason)" }
}
