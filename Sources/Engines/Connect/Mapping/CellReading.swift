import Civic
import JSON
import Tabular

/// A cell as its item's kind reads it.
struct CellReading: Equatable {
    var value: JSON
    /// The text as written, if the value says it differently.
    var original: String?
    /// Why the text could not be read as its kind; it is then kept as text.
    var warning: Remark?

    /// Nil for an empty cell, except that an empty mark means «no».
    static func of(_ text: String, as kind: ItemKind) -> CellReading? {
        let trimmed = LabelTrim.trimmed(text)
        if trimmed.isEmpty { return kind == .mark ? CellReading(value: .bool(false)) : nil }
        switch kind {
        case .string, .uri, .choice, .coordinates: return CellReading(value: .string(trimmed))
        case .number: return isNothing(trimmed) ? nil : number(trimmed)
        case .date: return date(trimmed)
        case .time: return time(trimmed)
        case .instant: return instant(trimmed)
        case .mark: return mark(trimmed)
        case .shelterId:
            let isValid = ShelterID(trimmed) != nil
            return CellReading(value: .string(trimmed), warning: isValid ? nil : Remark(.notShelterID))
        }
    }

    /// Dashes that stand for «no value».
    private static func isNothing(_ text: String) -> Bool { text.allSatisfy { "-－―ー−‐".contains($0) } }

    private static func number(_ text: String) -> CellReading {
        let folded = TextFolding.normalized(text)
        guard let digits = Digits.number(folded) else {
            return CellReading(value: .string(text), warning: Remark(.notNumber))
        }
        return CellReading(value: Digits.json(digits), original: digits == text ? nil : text)
    }

    private static func date(_ text: String) -> CellReading {
        guard let date = DateText.parse(text) else {
            return CellReading(value: .string(text), warning: Remark(.notDate))
        }
        return CellReading(value: .string(date.iso), original: date.iso == text ? nil : text)
    }

    private static func time(_ text: String) -> CellReading {
        guard case .time(let seconds) = CellValue(TextFolding.normalized(text)) else {
            return CellReading(value: .string(text), warning: Remark(.notTime))
        }
        let written = ClockText.hoursAndMinutes(seconds)
        return CellReading(value: .string(written), original: text.hasPrefix(written) ? nil : text)
    }

    private static func instant(_ text: String) -> CellReading {
        let moment: Int64
        switch CellValue(text) {
        case .timestamp(let stamp): moment = stamp.microseconds
        case .date(let year, let month, let day):
            guard let date = CivilDate(year: year, month: month, day: day) else { fallthrough }
            moment = (Int64(date.dayNumber) * 86_400 - 32_400) * 1_000_000
        default: return CellReading(value: .string(text), warning: Remark(.notInstant))
        }
        return CellReading(value: ["@type": "DateTime", "@value": .string(ClockText.iso(moment))])
    }

    private static func mark(_ text: String) -> CellReading {
        switch text {
        case "1", "○", "〇", "◯", "◎", "有", "あり", "可", "true", "TRUE": CellReading(value: .bool(true))
        case "0", "×", "✕", "無", "なし", "不可", "false", "FALSE": CellReading(value: .bool(false))
        default: CellReading(value: .string(text))
        }
    }
}

enum LabelTrim {
    /// Without white space of any width at both ends.
    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return scalars.count == text.unicodeScalars.count ? text : String(String.UnicodeScalarView(scalars))
    }
}

enum Digits {
    /// The digits of a number, separators of thousands left out; also of `0012`.
    static func number(_ text: String) -> String? {
        switch CellValue(text) {
        case .integer(let digits), .decimal(let digits): return digits
        default:
            let trimmed = text.drop { $0 == "0" }
            guard trimmed.count < text.count, !text.isEmpty else { return nil }
            switch CellValue(trimmed.isEmpty ? "0" : String(trimmed)) {
            case .integer(let digits): return digits
            default: return nil
            }
        }
    }

    static func json(_ digits: String) -> JSON {
        guard let value = Int64(digits) else { return .number(digits) }
        return .int(value)
    }
}

enum ClockText {
    static func hoursAndMinutes(_ seconds: Int) -> String {
        let minutes = seconds / 60
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    /// ISO 8601 in milliseconds with `Z`.
    static func iso(_ microseconds: Int64) -> String {
        let milliseconds = microseconds >= 0 ? microseconds / 1_000 : (microseconds - 999) / 1_000
        let days = Int((milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000)
        let rest = Int(milliseconds - Int64(days) * 86_400_000)
        let date = CivilDate(dayNumber: days)?.description ?? "1970-01-01"
        let seconds = rest / 1_000
        let fraction = String(1_000 + rest % 1_000).dropFirst()
        return "\(date)T\(padded(seconds / 3_600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60)).\(fraction)Z"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
