import Civic
import Foundation
import Storage

/// From which day to which, and how long the steps between are.
public struct FigurePeriod: Sendable, Hashable {
    public enum Step: String, Sendable { case day, month, fiscalYear, whole }

    public var first: FiscalDay
    /// This day included.
    public var last: FiscalDay
    public var step: Step

    public init(from first: FiscalDay, through last: FiscalDay, by step: Step = .whole) {
        self.first = first
        self.last = last
        self.step = step
    }

    /// One fiscal year, April to March; `nil` beyond the calendar.
    public init?(_ year: FiscalYear, by step: Step = .whole) {
        guard let first = year.firstDay, let last = year.lastDay else { return nil }
        self.init(from: first, through: last, by: step)
    }

    /// The first day of the step that holds a day.
    func start(of day: FiscalDay) -> FiscalDay {
        switch step {
        case .day: day
        case .month: max(first, CivilDate(year: day.year, month: day.month, day: 1) ?? day)
        case .fiscalYear: max(first, day.fiscalYear.firstDay ?? day)
        case .whole: first
        }
    }
}

/// Along what a series is split.
public enum FigureAxis: Sendable, Hashable {
    case tenant
    /// A name of the facts' breakdown, such as `school`.
    case breakdown(String)
}

/// One value of a series.
public struct FigurePoint: Sendable, Hashable {
    /// First day of the step.
    public var start: FiscalDay
    /// Set if the series is split by tenant.
    public var tenant: TenantID?
    /// The names by which the series is split, each with its value; facts without a name are under an empty text.
    public var breakdown: [String: String]
    public var value: Decimal

    public init(start: FiscalDay, tenant: TenantID? = nil, breakdown: [String: String] = [:], value: Decimal) {
        self.start = start
        self.tenant = tenant
        self.breakdown = breakdown
        self.value = value
    }
}
