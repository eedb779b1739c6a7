/// A date as precisely as a text gives it.
public enum LooseDate: Equatable, Sendable {
    case day(CivilDate)
    case month(year: Int, month: Int)
    case year(Int)

    /// ISO 8601 in the precision given.
    public var iso: String {
        switch self {
        case .day(let date): date.description
        case .month(let year, let month): "\(Digits.padded(year, to: 4))-\(Digits.padded(month, to: 2))"
        case .year(let year): Digits.padded(year, to: 4)
        }
    }
}

/// Reads dates in the styles that municipal files use: 2026-04-01, 2026/4/1, 20260401, 2026年4月1日, R8.4.1, H31/4/30,
/// 令和8年4月1日, 令和元年5月, 昭和60年, 4/1/2026. Free text («4月頃») is none.
public enum DateText {
    public static func parse(_ text: String) -> LooseDate? {
        let folded = TextFolding.normalized(text).filter { $0 != " " }
        guard folded.utf8.count <= 40 else { return nil }
        if let value = Digits.value(folded, count: 8) {
            return CivilDate(year: value / 10_000, month: value / 100 % 100, day: value % 100).map { .day($0) }
        }
        let (era, rest) = splitEra(folded)
        let parts = numbers(in: withoutWeekday(rest))
        guard let first = parts?.first else { return nil }
        if era == nil, let parts, let american = american(parts, rest) { return .day(american) }
        guard let year = era.map({ $0.gregorianYear(first) }) ?? fullYear(first) else { return nil }
        return date(year: year, rest: Array(parts?.dropFirst() ?? []), isBare: era == nil && rest.utf8.count == 4)
    }

    /// The whole date; nil for a month or a year alone.
    public static func day(_ text: String) -> CivilDate? {
        if case .day(let date) = parse(text) { date } else { nil }
    }

    /// `7/26/2020`, as spreadsheets write dates unless told otherwise; a day in front of the month is not used in Japan.
    private static func american(_ parts: [Int], _ text: Substring) -> CivilDate? {
        guard parts.count == 3, parts[0] <= 12, parts[2] >= 1_000, text.contains("/") else { return nil }
        return CivilDate(year: parts[2], month: parts[0], day: parts[1])
    }

    private static func fullYear(_ value: Int) -> Int? { (1_000...9_999).contains(value) ? value : nil }

    private static func date(year: Int, rest: [Int], isBare: Bool) -> LooseDate? {
        switch rest.count {
        case 0: isBare && !(1_850...2_150).contains(year) ? nil : .year(year)
        case 1: (1...12).contains(rest[0]) ? .month(year: year, month: rest[0]) : nil
        case 2: CivilDate(year: year, month: rest[0], day: rest[1]).map { .day($0) }
        default: nil
        }
    }

    private static func splitEra(_ text: String) -> (Era?, Substring) {
        for era in Era.allCases {
            if text.hasPrefix(era.name) { return (era, text.dropFirst(2)) }
            let second = text.dropFirst().first
            if let first = text.first, first.uppercased() == String(era.letter),
                second?.isNumber == true || second == "元"
            {
                return (era, text.dropFirst())
            }
        }
        return (nil, text[...])
    }

    private static func withoutWeekday(_ text: Substring) -> Substring {
        guard text.last == ")", let open = text.lastIndex(of: "("),
            text[open...].count == 3, "月火水木金土日".contains(text[text.index(after: open)])
        else { return text }
        return text[..<open]
    }

    /// Year, month, day between 年, 月, 日 or equal marks; nil if anything else stands there.
    private static func numbers(in text: Substring) -> [Int]? {
        var result: [Int] = []
        var current = ""
        var marks: [Character] = []
        for character in text {
            if character.isASCII, character.isNumber {
                current.append(character)
            } else if character == "元", current.isEmpty, result.isEmpty {
                current = "1"
            } else {
                guard let value = Int(current), "年月日-/.".contains(character) else { return nil }
                result.append(value)
                marks.append(character)
                current = ""
            }
        }
        if !current.isEmpty {
            guard let value = Int(current) else { return nil }
            result.append(value)
        }
        return isConsistent(marks) ? result : nil
    }

    private static func isConsistent(_ marks: [Character]) -> Bool {
        if let first = marks.first, "-/.".contains(first) { return marks.count <= 2 && Set(marks).count == 1 }
        return marks.isEmpty || "年月日".hasPrefix(String(marks))
    }
}
