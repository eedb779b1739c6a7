/// A regular expression for `~=`, matched in time linear in text and pattern, so that no pattern can hold a request up.
///
/// Literals, `.`, classes `[a-z]` `[^…]`, `\d \w \s` and their capitals, groups, `|`, `* + ? {m,n}`, `^` and `$`. No back
/// references and no look-around: they are what makes matching slow. A pattern matches anywhere in the text.
public struct Pattern: Sendable, Hashable {
    static let longest = 500
    static let mostSteps = 2_000

    /// Why a text is no pattern.
    public struct Failure: Error, Hashable { public var sentence: String }

    public static func == (left: Pattern, right: Pattern) -> Bool { left.text == right.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    indirect enum Node: Sendable, Hashable {
        case empty
        case set(CharacterSet)
        case start
        case end
        case sequence([Node])
        case choice([Node])
        case loop(Node, minimum: Int, maximum: Int?)
    }

    /// A step of the machine: take one character, fork, or check a place.
    enum Step: Sendable {
        case take(CharacterSet)
        case fork(Int, Int)
        case jump(Int)
        case start
        case end
        case accept
    }

    struct CharacterSet: Sendable, Hashable {
        var ranges: [ClosedRange<UInt32>]
        var isNegated = false

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }

    /// As it was written.
    public let text: String
    let steps: [Step]

    public init(_ text: String) throws(Failure) {
        guard text.unicodeScalars.count <= Self.longest else {
            throw Failure(sentence: "it is longer than \(Self.longest) characters")
        }
        var parser = PatternParser(text)
        let node = try parser.whole()
        var steps: [Step] = []
        try Self.compile(node, into: &steps)
        steps.append(.accept)
        self.steps = steps
        self.text = text
    }

    private static func compile(_ node: Node, into steps: inout [Step]) throws(Failure) {
        guard steps.count <= mostSteps else { throw Failure(sentence: "its repetitions make it too large") }
        switch node {
        case .empty: break
        case .set(let set): steps.append(.take(set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .sequence(let parts): for part in parts { try compile(part, into: &steps) }
        case .choice(let parts): try compileChoice(parts, into: &steps)
        case .loop(let body, let minimum, let maximum): try compileLoop(body, minimum, maximum, into: &steps)
        }
    }

    private static func compileChoice(_ parts: [Node], into steps: inout [Step]) throws(Failure) {
        var exits: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                try compile(part, into: &steps)
                continue
            }
            let fork = steps.count
            steps.append(.fork(fork + 1, 0))
            try compile(part, into: &steps)
            exits.append(steps.count)
            steps.append(.jump(0))
            steps[fork] = .fork(fork + 1, steps.count)
        }
        for exit in exits { steps[exit] = .jump(steps.count) }
    }

    private static func compileLoop(
        _ body: Node, _ minimum: Int, _ maximum: Int?, into steps: inout [Step]
    ) throws(Failure) {
        for _ in 0..<minimum { try compile(body, into: &steps) }
        guard let maximum else {
            let fork = steps.count
            steps.append(.fork(fork + 1, 0))
            try compile(body, into: &steps)
            steps.append(.jump(fork))
            steps[fork] = .fork(fork + 1, steps.count)
            return
        }
        var forks: [Int] = []
        for _ in minimum..<max(minimum, maximum) {
            forks.append(steps.count)
            steps.append(.fork(steps.count + 1, 0))
            try compile(body, into: &steps)
        }
        for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
    }

    /// Whether the pattern occurs anywhere in the text.
    public func matches(_ text: String) -> Bool {
        var current = StepSet(count: steps.count)
        var next = StepSet(count: steps.count)
        let scalars = Array(text.unicodeScalars)
        for position in 0...scalars.count {
            if add(0, to: &current, isStart: position == 0, isEnd: position == scalars.count) { return true }
            guard position < scalars.count else { return false }
            next.clear()
            for step in current.members {
                guard case .take(let set) = steps[step], set.contains(scalars[position]) else { continue }
                if add(step + 1, to: &next, isStart: false, isEnd: position + 1 == scalars.count) { return true }
            }
            swap(&current, &next)
        }
        return false
    }

    /// Adds a step and all that it leads to without a character; whether the pattern is complete then.
    private func add(_ first: Int, to set: inout StepSet, isStart: Bool, isEnd: Bool) -> Bool {
        var pending = [first]
        while let step = pending.popLast() {
            guard set.insert(step) else { continue }
            switch steps[step] {
            case .accept: return true
            case .jump(let target): pending.append(target)
            case .fork(let one, let other): pending += [other, one]
            case .start: if isStart { pending.append(step + 1) }
            case .end: if isEnd { pending.append(step + 1) }
            case .take: break
            }
        }
        return false
    }
}

/// The steps that a match may stand at.
private struct StepSet {
    private(set) var members: [Int] = []
    private var isMember: [Bool]

    init(count: Int) { isMember = Array(repeating: false, count: count) }

    mutating func insert(_ step: Int) -> Bool {
        if isMember[step] { return false }
        isMember[step] = true
        members.append(step)
        return true
    }

    mutating func clear() {
        for step in members { isMember[step] = false }
        members.removeAll(keepingCapacity: true)
    }
}
