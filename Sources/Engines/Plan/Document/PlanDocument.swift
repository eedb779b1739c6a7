/// The prefecture's digitalisation plan as it was published: an immutable value, read once at start.
///
/// It is not in the database on purpose. The plan is one public text for all tenants, replaced as a whole every few
/// years by a new edition of `data/plan`; nobody writes to it, it needs no history, and 112 kB in memory answer every
/// page and search without a query. What changes day by day (measured figures) are facts of indicators elsewhere.
public struct PlanDocument: Sendable {
    public let title: String
    public let publisher: String
    public let period: Period
    /// Parts of chapter IV, in order; the visions of chapter III carry the same numbers.
    public let parts: [PlanPart]
    /// In the order of the document, repeated ones included.
    public let kpis: [KPI]
    public let measures: [Measure]
    public let glossary: [GlossaryTerm]

    /// Years in which the plan runs.
    public struct Period: Sendable, Hashable {
        public let first: PlanYear
        public let last: PlanYear
    }
}

/// One of the three parts of chapter IV.
public struct PlanPart: Sendable, Hashable {
    /// `1` to `3`.
    public let id: String
    public let title: String
    public let sections: [PlanSection]
}

/// A section of chapter IV, such as 1-(1).
public struct PlanSection: Sendable, Hashable {
    /// As printed: `1-(1)`.
    public let id: String
    public let title: String
    /// Page of the document.
    public let page: Int
    /// 取組みの方向性; the sections of part 3 have none.
    public let directions: [String]
    public let groups: [MeasureGroup]

    /// The id without parentheses, `1-1`, for addresses.
    public var key: String { id.filter { $0 != "(" && $0 != ")" } }
}

/// A group of measures under a circled number.
public struct MeasureGroup: Sendable, Hashable {
    /// `1-1-1`, the beginning of its measures' ids.
    public let id: String
    public let title: String
}

/// A year as the plan prints it.
public struct PlanYear: Sendable, Hashable, Comparable {
    /// `R5`.
    public let printed: String
    /// 2023.
    public let year: Int

    public static func < (left: PlanYear, right: PlanYear) -> Bool { left.year < right.year }
}
