/// Reads the text of a `Pattern`.
struct PatternParser {
    private static let deepest = 20
    private static let mostRepeats = 100

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func whole() throws(Pattern.Failure) -> Pattern.Node {
        let node = try choice()
        guard position == scalars.count else { throw .init(sentence: "it has a ) without a (") }
        return node
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    private mutating func choice() throws(Pattern.Failure) -> Pattern.Node {
        depth += 1
        guard depth <= Self.deepest else { throw .init(sentence: "its groups are nested deeper than \(Self.deepest)") }
        var parts = [try sequence()]
        while skip("|") { parts.append(try sequence()) }
        depth -= 1
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws(Pattern.Failure) -> Pattern.Node {
        var parts: [Pattern.Node] = []
        while let scalar = current, scalar != "|", scalar != ")" { parts.append(try repeated(try atom())) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(Pattern.Failure) -> Pattern.Node {
        guard let scalar = current else { return .empty }
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .set(try bracket())
        case ".": return .set(.init(ranges: [], isNegated: true))
        case "^": return .start
        case "$": return .end
        case "\\": return .set(try escape())
        case "*", "+", "?": throw .init(sentence: "there is nothing before \(scalar) to repeat")
        default: return .set(.init(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func group() throws(Pattern.Failure) -> Pattern.Node {
        if skip("?"), !skip(":") { throw .init(sentence: "groups that begin with (? are not known, except (?:") }
        let node = try choice()
        guard skip(")") else { throw .init(sentence: "a ( has no )") }
        return node
    }

    private mutating func repeated(_ node: Pattern.Node) throws(Pattern.Failure) -> Pattern.Node {
        var node = node
        while true {
            if skip("*") {
                node = .loop(node, minimum: 0, maximum: nil)
            } else if skip("+") {
                node = .loop(node, minimum: 1, maximum: nil)
            } else if skip("?") {
                node = .loop(node, minimum: 0, maximum: 1)
            } else if current == "{" {
                node = try counted(node)
            } else {
                return node
            }
            // A lazy mark changes which match is found, not whether there is one.
            _ = skip("?")
        }
    }

    private mutating func counted(_ node: Pattern.Node) throws(Pattern.Failure) -> Pattern.Node {
        position += 1
        guard let minimum = number() else { throw .init(sentence: "after { comes a number") }
        let maximum: Int? = skip(",") ? number() : minimum
        guard skip("}") else { throw .init(sentence: "a { has no }") }
        guard max(minimum, maximum ?? 0) <= Self.mostRepeats, minimum <= maximum ?? minimum else {
            throw .init(sentence: "a repetition is at most \(Self.mostRepeats), the smaller number first")
        }
        return .loop(node, minimum: minimum, maximum: maximum)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = current, ("0"..."9").contains(scalar), (value ?? 0) < 10_000 {
            value = (value ?? 0) * 10 + Int(scalar.value - 48)
            position += 1
        }
        return value
    }

    private mutating func escape() throws(Pattern.Failure) -> Pattern.CharacterSet {
        guard let scalar = current else { throw .init(sentence: "it ends with a \\") }
        position += 1
        switch scalar {
        case "d": return .init(ranges: Self.digits)
        case "D": return .init(ranges: Self.digits, isNegated: true)
        case "w": return .init(ranges: Self.word)
        case "W": return .init(ranges: Self.word, isNegated: true)
        case "s": return .init(ranges: Self.blanks)
        case "S": return .init(ranges: Self.blanks, isNegated: true)
        case "n": return .init(ranges: [10...10])
        case "t": return .init(ranges: [9...9])
        case "r": return .init(ranges: [13...13])
        case _ where scalar.properties.isAlphabetic || ("0"..."9").contains(scalar):
            throw .init(sentence: "\\\(scalar) is not known")
        default: return .init(ranges: [scalar.value...scalar.value])
        }
    }

    private static let digits: [ClosedRange<UInt32>] = [48...57]
    private static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    private static let blanks: [ClosedRange<UInt32>] = [9...13, 32...32, 0x3000...0x3000]

    private mutating func bracket() throws(Pattern.Failure) -> Pattern.CharacterSet {
        var set = Pattern.CharacterSet(ranges: [], isNegated: skip("^"))
        var isFirst = true
        while let scalar = current, scalar != "]" || isFirst {
            isFirst = false
            let low = try bracketItem()
            guard low.count == 1, current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.ranges += low
                continue
            }
            position += 1
            let high = try bracketItem()
            guard high.count == 1, low[0].lowerBound <= high[0].upperBound else {
                throw .init(sentence: "a range in [ ] has its ends the wrong way round")
            }
            set.ranges.append(low[0].lowerBound...high[0].upperBound)
        }
        guard skip("]") else { throw .init(sentence: "a [ has no ]") }
        return set
    }

    private mutating func bracketItem() throws(Pattern.Failure) -> [ClosedRange<UInt32>] {
        guard let scalar = current else { throw .init(sentence: "a [ has no ]") }
        position += 1
        guard scalar == "\\" else { return [scalar.value...scalar.value] }
        let set = try escape()
        guard !set.isNegated else { throw .init(sentence: "\\D, \\W and \\S cannot stand in [ ]") }
        return set.ranges
    }
}
