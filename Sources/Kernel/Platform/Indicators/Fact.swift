import Civic
import Foundation
import Storage

/// The day to which a figure belongs, in Japan.
public typealias FiscalDay = CivilDate

/// One thing that counts towards a figure, recorded in the transaction of the change that it counts.
public struct Fact: Sendable, Hashable {
    /// Where a fact comes from: a system that does the work, or people who report a figure.
    public enum Source: String, Sendable { case measured, reported }

    /// The indicator's id.
    public var indicator: String
    /// What is counted. One key counts once: recording it again replaces what it said. A person's key is an HMAC.
    public var key: String
    public var tenant: TenantID?
    public var day: FiscalDay
    /// Such as `["school": "小学校"]`; names and values in the data's own words.
    public var breakdown: [String: String]
    /// 1 for a count.
    public var value: Decimal
    /// A path or URL that shows the reason, opened with the reader's own rights.
    public var evidence: String
    public var source: Source

    public init(
        indicator: String, key: String, tenant: TenantID?, day: FiscalDay, breakdown: [String: String] = [:],
        value: Decimal = 1, evidence: String, source: Source = .measured
    ) {
        self.indicator = indicator
        self.key = key
        self.tenant = tenant
        self.day = day
        self.breakdown = breakdown
        self.value = value
        self.evidence = evidence
        self.source = source
    }
}
