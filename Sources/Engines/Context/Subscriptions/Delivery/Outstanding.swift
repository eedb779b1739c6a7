import Storage

/// The places in the log whose notifications are not through yet, in the order of the log.
struct Outstanding: Sendable {
    private var entries: [(position: LogPosition?, isDone: Bool)] = []
    /// The number of the first entry.
    private var base = 0
    /// Everything before this index is done.
    private var head = 0

    /// The place of the first notification that is not through; nil if all are.
    var first: LogPosition? { entries[head...].first { !$0.isDone }?.position }

    /// - Parameter position: nil: it holds nothing back.
    /// - Returns: the number by which to call it done.
    mutating func add(_ position: LogPosition?) -> Int {
        entries.append((position, position == nil))
        return base + entries.count - 1
    }

    mutating func finish(_ number: Int) {
        let index = number - base
        guard entries.indices.contains(index) else { return }
        entries[index].isDone = true
        while head < entries.count, entries[head].isDone { head += 1 }
        guard head >= 256, head * 2 >= entries.count else { return }
        entries.removeFirst(head)
        base += head
        head = 0
    }
}
