extension Pattern {
    /// A way through the pattern that is still open: where it stands, and where in the text it began.
    private struct Thread {
        var step: Int
        var start: Int
    }

    /// All places, in Unicode scalars, where the pattern occurs: each the leftmost after the one before, longer or
    /// shorter as the pattern's own order says. Empty ones are passed over.
    ///
    /// Each step costs one of `budget`; nil when that is used up.
    public func ranges(in text: String, budget: inout Int) -> [Range<Int>]? {
        let scalars = Array(text.unicodeScalars)
        var ranges: [Range<Int>] = []
        var position = 0
        while position < scalars.count {
            guard let found = first(in: scalars, from: position, &budget) else { break }
            if found.isEmpty {
                position = found.upperBound + 1
            } else {
                ranges.append(found)
                position = found.upperBound
            }
        }
        return budget < 0 ? nil : ranges
    }

    private func first(in scalars: [Unicode.Scalar], from origin: Int, _ budget: inout Int) -> Range<Int>? {
        var current: [Thread] = []
        var found: Range<Int>?
        for position in origin...scalars.count {
            var seen = Set<Int>()
            var open: [Thread] = []
            if found == nil { current.append(Thread(step: 0, start: position)) }
            budget -= current.count + 1
            guard budget >= 0 else { return nil }
            for thread in current {
                guard !follow(thread, position, scalars.count, &seen, &open) else {
                    found = thread.start..<position
                    break
                }
            }
            if open.isEmpty, found != nil || position == scalars.count { break }
            guard position < scalars.count else { break }
            current = open.compactMap { thread in
                guard case .take(let set) = steps[thread.step], set.contains(scalars[position]) else { return nil }
                return Thread(step: thread.step + 1, start: thread.start)
            }
            if current.isEmpty, found != nil { break }
        }
        return found
    }

    /// Adds the characters that a thread waits for, in the order of the pattern's preference; whether it is complete.
    private func follow(
        _ thread: Thread, _ position: Int, _ count: Int, _ seen: inout Set<Int>, _ open: inout [Thread]
    ) -> Bool {
        var pending = [thread.step]
        while let step = pending.popLast() {
            guard seen.insert(step).inserted else { continue }
            switch steps[step] {
            case .accept: return true
            case .jump(let target): pending.append(target)
            case .fork(let one, let other): pending += [other, one]
            case .start: if position == 0 { pending.append(step + 1) }
            case .end: if position == count { pending.append(step + 1) }
            case .take: open.append(Thread(step: step, start: thread.start))
            }
        }
        return false
    }
}
