import Storage

extension WordBook {
    public var numbers: NumberFormat { NumberFormat(language) }

    /// A count with its unit from the words files, such as `unit.places`: `{n}か所`.
    public func count(_ number: Int, _ unit: WordKey) -> Phrase { self(unit, ["n": .number(number)]) }

    /// `2026年11月23日（月）14時05分`, in a `time` element with the instant in ISO 8601.
    public func dateTime(_ instant: Instant) -> Phrase {
        let time = LocalTime(instant)
        let clock = language == .en ? ", " + time.colonTime : time.japaneseTime(spaced: language == .jaEasy)
        return timeElement(dateText(time) + clock, time.isoDate + "T" + time.colonTime + "+09:00")
    }

    /// `2026年11月23日（月）`.
    public func date(_ instant: Instant) -> Phrase {
        let time = LocalTime(instant)
        return timeElement(dateText(time), time.isoDate)
    }

    /// `2026年度（令和8年度）`; in English `fiscal year 2026 (April 2026 to March 2027)`.
    public func fiscalYear(_ year: Int) -> Phrase {
        self(
            "format.fiscalYear",
            ["year": .text(String(year)), "next": .text(String(year + 1)), "era": .text(Self.era(year))])
    }

    /// `令和8`, for the year's larger part: an era's first year is 元.
    package static func era(_ year: Int) -> String {
        let eras = [(2019, "令和"), (1989, "平成"), (1926, "昭和"), (1912, "大正"), (1868, "明治")]
        guard let (start, name) = eras.first(where: { year >= $0.0 }) else { return String(year) }
        return name + (year == start ? "元" : String(year - start + 1))
    }

    private func dateText(_ time: LocalTime) -> String {
        switch language {
        case .ja, .jaEasy:
            "\(time.year)年\(time.month)月\(time.day)日（\(Array("日月火水木金土")[time.weekday])）"
        case .en:
            "\(Self.weekdays[time.weekday]) \(time.day) \(Self.months[time.month - 1]) \(time.year)"
        }
    }

    private func timeElement(_ text: String, _ machine: String) -> Phrase {
        let shown = language == .jaEasy ? Phrase(ruby: Self.withReadings(text)) : Phrase(text)
        return Phrase(text: text, html: .element("time", ["datetime": machine], shown.html))
    }

    private static func withReadings(_ date: String) -> String {
        let readings: [Character: String] = [
            "年": "ねん", "月": "がつ", "時": "じ", "分": "ふん", "午": "ご", "前": "ぜん", "後": "ご",
        ]
        let weekdays: [Character: String] = [
            "日": "にち", "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど",
        ]
        var isWeekday = false
        return date.reduce(into: "") { text, character in
            if character == "（" { isWeekday = true }
            let reading = isWeekday ? weekdays[character] : character == "日" ? "にち" : readings[character]
            if character == "）" { isWeekday = false }
            text += String(character) + (reading.map { "《\($0)》" } ?? "")
        }
    }

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension LocalTime {
    package var isoDate: String { String(year) + "-" + Self.two(month) + "-" + Self.two(day) }
    var colonTime: String { Self.two(hour) + ":" + Self.two(minute) }

    func japaneseTime(spaced: Bool) -> String {
        guard spaced else { return "\(hour)時\(Self.two(minute))分" }
        return " \(hour < 12 ? "午前" : "午後") \(hour % 12)時\(Self.two(minute))分"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
