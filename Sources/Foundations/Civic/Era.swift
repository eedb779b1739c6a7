/// 元号, from 明治 on. Eras exist at the edges only: inside, a date is a ``CivilDate``.
public enum Era: CaseIterable, Sendable {
    case meiji, taisho, showa, heisei, reiwa

    public var name: String {
        switch self {
        case .meiji: "明治"
        case .taisho: "大正"
        case .showa: "昭和"
        case .heisei: "平成"
        case .reiwa: "令和"
        }
    }

    /// The letter of forms and tables, as R in R8.4.1.
    public var letter: Character {
        switch self {
        case .meiji: "M"
        case .taisho: "T"
        case .showa: "S"
        case .heisei: "H"
        case .reiwa: "R"
        }
    }

    /// The Gregorian year of 元年.
    var firstYear: Int {
        switch self {
        case .meiji: 1868
        case .taisho: 1912
        case .showa: 1926
        case .heisei: 1989
        case .reiwa: 2019
        }
    }

    /// First day as (year, month, day). Dates before the Gregorian calendar of 1873 are not told apart from it.
    var firstDay: (Int, Int, Int) {
        switch self {
        case .meiji: (1868, 1, 25)
        case .taisho: (1912, 7, 30)
        case .showa: (1926, 12, 25)
        case .heisei: (1989, 1, 8)
        case .reiwa: (2019, 5, 1)
        }
    }

    /// The Gregorian year of a year of this era; nil before 元年. Years past the era's end are taken as people write them.
    public func gregorianYear(_ year: Int) -> Int? {
        (1...99).contains(year) ? firstYear + year - 1 : nil
    }
}

/// A date as 令和8年4月1日.
public struct EraDate: Hashable, Sendable {
    public let era: Era
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil before 明治.
    public init?(_ date: CivilDate) {
        let wanted = (date.year, date.month, date.day)
        guard let era = Era.allCases.last(where: { $0.firstDay <= wanted }) else { return nil }
        self.era = era
        year = date.year - era.firstYear + 1
        month = date.month
        day = date.day
    }

    /// 元 for the first year.
    public var yearText: String { year == 1 ? "元" : String(year) }
}

extension EraDate: CustomStringConvertible {
    public var description: String { "\(era.name)\(yearText)年\(month)月\(day)日" }
}
