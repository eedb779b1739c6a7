import Entities
import Foundation
import JSON

extension JexlCall {
    var split: JSON? {
        guard let text, let separator = textArgument(0) else { return nil }
        if separator.isEmpty { return .array(text.map { .string(String($0)) }) }
        return .array(text.components(separatedBy: separator).map { .string($0) })
    }

    /// Where the argument begins, in characters; null if it is not there.
    var indexOf: JSON? {
        guard let text, let wanted = textArgument(0), let range = text.range(of: wanted, options: .literal) else {
            return nil
        }
        return JSON(text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound))
    }

    var includes: JSON? {
        guard let text, let wanted = textArgument(0) else { return nil }
        return .bool(wanted.isEmpty || text.range(of: wanted, options: .literal) != nil)
    }

    var trimmed: JSON? { text.map { .string($0.trimmingCharacters(in: .whitespacesAndNewlines)) } }

    var substring: JSON? {
        guard let text, let start = argument(0)?.intValue, let end = argument(1)?.intValue else { return nil }
        let scalars = Array(text.unicodeScalars)
        guard 0 <= start, start <= end, end <= scalars.count else { return nil }
        return .string(String(String.UnicodeScalarView(scalars[start..<end])))
    }

    /// Nil if so many replacements would make a text beyond any use.
    var replaced: JSON? {
        guard let text, let from = textArgument(0), let to = textArgument(1), !from.isEmpty else { return nil }
        guard text.utf8.count / from.utf8.count * to.utf8.count <= JexlEvaluator.budget else { return nil }
        return .string(text.replacingOccurrences(of: from, with: to))
    }

    func replacedPattern(_ budget: inout Int) -> JSON? {
        guard let text, let replacement = textArgument(1), let found = find(in: text, &budget) else { return nil }
        guard found.count * replacement.utf8.count <= JexlEvaluator.budget else { return nil }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var last = 0
        for range in found {
            result += scalars[last..<range.lowerBound]
            result += replacement.unicodeScalars
            last = range.upperBound
        }
        result += scalars[last...]
        return .string(String(result))
    }

    func matchedPattern(_ budget: inout Int) -> JSON? {
        guard let text, let found = find(in: text, &budget) else { return nil }
        let scalars = Array(text.unicodeScalars)
        return .array(found.map { .string(String(String.UnicodeScalarView(scalars[$0]))) })
    }

    private func find(in text: String, _ budget: inout Int) -> [Range<Int>]? {
        guard let source = textArgument(0), let pattern = try? Pattern(source) else { return nil }
        return pattern.ranges(in: text, budget: &budget)
    }
}
