import Entities
import Storage

/// Dates as Orion reads them («Datetime support» of its API): ISO 8601 in basic or extended form; parts of the time may be
/// left out, and without a zone UTC is meant.
package enum V2DateTime {
    /// The instant that a text names; nil if it is no date.
    package static func instant(_ text: String) -> Instant? {
        var rest = Array(text.utf8)[...]
        guard let date = Self.date(&rest) else { return nil }
        if rest.isEmpty { return DateTime.instant("\(date)T00:00:00Z") }
        guard rest.popFirst() == UInt8(ascii: "T"), let time = Self.time(&rest), let zone = Self.zone(&rest) else {
            return nil
        }
        return rest.isEmpty ? DateTime.instant("\(date)T\(time)\(zone)") : nil
    }

    /// `YYYY-MM-DDThh:mm:ss.sssZ`, always with milliseconds.
    package static func text(_ instant: Instant) -> String {
        let remainder = instant.microseconds % 1_000
        let cut = instant.microseconds - (remainder < 0 ? remainder + 1_000 : remainder)
        return DateTime.text(Instant(microseconds: cut))
    }

    /// The text of a date in Orion's form; nil if it is no date.
    static func normalized(_ text: String) -> String? { instant(text).map(Self.text) }

    private static func date(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let year = digits(4, &rest), skip("-", &rest), let month = digits(2, &rest), skip("-", &rest),
            let day = digits(2, &rest)
        else { return nil }
        return "\(year)-\(month)-\(day)"
    }

    private static func time(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let hour = digits(2, &rest) else { return nil }
        var parts = [hour]
        while parts.count < 3 {
            let hasColon = skip(":", &rest)
            guard let part = digits(2, &rest) else {
                if hasColon { return nil }
                break
            }
            parts.append(part)
        }
        var fraction = ""
        if parts.count == 3, skip(".", &rest) {
            let found = rest.prefix { (48...57).contains($0) }
            guard !found.isEmpty else { return nil }
            fraction = "." + String(decoding: found.prefix(6), as: UTF8.self)
            rest = rest.dropFirst(found.count)
        }
        while parts.count < 3 { parts.append("00") }
        return parts.joined(separator: ":") + fraction
    }

    private static func zone(_ rest: inout ArraySlice<UInt8>) -> String? {
        if rest.isEmpty || skip("Z", &rest) { return "Z" }
        let sign = skip("+", &rest) ? "+" : skip("-", &rest) ? "-" : ""
        guard !sign.isEmpty, let hours = digits(2, &rest) else { return nil }
        if rest.isEmpty { return "\(sign)\(hours):00" }
        _ = skip(":", &rest)
        return digits(2, &rest).map { "\(sign)\(hours):\($0)" }
    }

    private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> String? {
        let found = rest.prefix(count)
        guard found.count == count, found.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return String(decoding: found, as: UTF8.self)
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
