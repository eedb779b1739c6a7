import JSON

/// An indicator of the plan (重要業績評価指標) with the value it starts from and the value it should reach.
public struct KPI: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Of a vision (目指す姿, chapter III).
        case vision
        /// Of a section's measures (chapter IV).
        case measure
    }

    /// How its value comes about.
    public enum Source: String, Sendable, CaseIterable {
        /// Counted by the systems that do the work.
        case measured
        /// Reported by the bodies.
        case reported
        /// Taken over from statistics.
        case imported
    }

    /// `KPI-1-1-01`, `VIS-1-01`.
    public let id: String
    public let kind: Kind
    /// Id of the section, or of the part for visions.
    public let section: String
    public let name: String
    public let unit: String
    public let baseline: Milestone
    public let target: Milestone
    /// By school kind, where the plan gives values so.
    public let breakdown: [Breakdown]
    public let note: String?
    /// Whether the value counts on from year to year.
    public let isCumulative: Bool
    /// The indicator that this is a reprint of.
    public let repeatOf: String?
    public let glossaryTerms: [String]
    public let source: Source
    /// What is counted, in one sentence of our own.
    public let definition: String
    /// Whether it counts what municipalities do, so that each municipality has a share in it.
    public let isPerMunicipality: Bool

    /// A value in a year.
    public struct Milestone: Sendable, Hashable {
        /// In the indicator's unit; nil where the plan states none or only states it by school kind.
        public let value: JSONNumber?
        public let year: PlanYear
        public let note: String?
    }

    /// The values of one kind of school.
    public struct Breakdown: Sendable, Hashable {
        public let label: String
        public let baseline: JSONNumber?
        public let target: JSONNumber?
    }
}
