import Entities
import Foundation
import JSON
import Storage

/// One transform at work: its input and arguments.
struct JexlCall: Sendable {
    var input: JSON
    var arguments: [JSON]
    var now: Instant

    var text: String? { input.stringValue }
    var number: Double? { input.doubleValue }

    func argument(_ index: Int) -> JSON? { index < arguments.count ? arguments[index] : nil }
    func textArgument(_ index: Int) -> String? { argument(index)?.stringValue }

    /// What it costs to look at: characters and elements.
    var size: Int { Self.size(of: input) + arguments.reduce(0) { $0 + Self.size(of: $1) } }

    static func size(of value: JSON) -> Int {
        switch value {
        case .string(let text): 1 + text.utf8.count
        case .array(let elements): elements.reduce(1) { $0 + size(of: $1) }
        case .object(let object): object.members.reduce(1) { $0 + size(of: $1.value) }
        default: 1
        }
    }

    var typeName: String {
        switch input.type {
        case .string: "String"
        case .number: "Number"
        case .boolean: "Boolean"
        case .array: "Array"
        case .object: "Object"
        case .null: "null"
        }
    }
}

// MARK: numbers

extension JexlCall {
    enum Base { case natural, ten, two }

    func logarithm(_ base: Base) -> JSON? {
        guard let number, number > 0 else { return nil }
        return switch base {
        case .natural: JSON(Foundation.log(number))
        case .ten: JSON(Foundation.log10(number))
        case .two: JSON(Foundation.log2(number))
        }
    }

    /// Text as a whole number; a fraction is cut.
    var parsedInteger: JSON? {
        if let number { return JSON(number.rounded(.towardZero)) }
        guard let text = trimmedText else { return nil }
        return Int64(text).map { .int($0) }
            ?? Double(text).flatMap { $0.isFinite ? JSON($0.rounded(.towardZero)) : nil }
    }

    var parsedNumber: JSON? {
        if input.numberValue != nil { return input }
        return trimmedText.flatMap { Double($0) }.flatMap { JSON($0) }
    }

    private var trimmedText: String? { text?.trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Rounded, half away from zero, to so many digits.
    var fixed: JSON? {
        guard let digits = argument(0)?.intValue, (0...15).contains(digits), let number else { return nil }
        guard var exact = input.decimalValue else { return JSON(number) }
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, digits, .plain)
        return JSON(rounded)
    }
}

// MARK: arrays

extension JexlCall {
    var sum: Double? {
        guard let elements = input.arrayValue else { return nil }
        let numbers = elements.compactMap(\.doubleValue)
        return numbers.count == elements.count ? numbers.reduce(0, +) : nil
    }

    var average: JSON? {
        guard let sum, let count = input.arrayValue?.count, count > 0 else { return nil }
        return JSON(sum / Double(count))
    }

    /// The choice at the place of the input among the values.
    var mapped: JSON? {
        guard let values = argument(0)?.arrayValue, let choices = argument(1)?.arrayValue,
            values.count == choices.count, let place = values.firstIndex(of: input)
        else { return nil }
        return choices[place]
    }

    /// The choice of the range between thresholds that the input lies in.
    var thresholdMapped: JSON? {
        guard let number, let values = argument(0)?.arrayValue, let choices = argument(1)?.arrayValue else {
            return nil
        }
        let thresholds = values.compactMap(\.doubleValue)
        guard thresholds.count == values.count, choices.count == values.count + 1 else { return nil }
        return choices[thresholds.firstIndex { number < $0 } ?? thresholds.count]
    }
}

// MARK: times

extension JexlCall {
    /// Seconds since 1970, the input added.
    var timeFromNow: JSON? {
        guard let number else { return nil }
        return JSON((Double(now.microseconds) / 1_000_000 + number).rounded(.down))
    }

    /// `2024-07-10T10:22:29+00:00`.
    var isoText: JSON? {
        guard let number, abs(number) < 250_000_000_000 else { return nil }
        let text = DateTime.text(Instant(seconds: Int64(number.rounded(.down))))
        return .string(text.prefix { $0 != "." } + "+00:00")
    }

    var secondsOfTime: JSON? {
        text.flatMap(V2DateTime.instant).map { .int($0.microseconds.floorDivided(by: 1_000_000)) }
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
