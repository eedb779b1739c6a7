import Storage

/// Numbers of sequences, reserved in blocks so that not every transaction rewrites the sequence's row.
///
/// `@unchecked Sendable`: touched only by the writer, on its queue.
final class SQLiteSequences: @unchecked Sendable {
    private static let block: Int64 = 1_000
    private var reserved: [String: (next: Int64, end: Int64)] = [:]
    /// Blocks taken in the transaction that is open; a rollback gives them up.
    private var uncommitted: Set<String> = []

    func next(_ sequence: String, on connection: SQLiteConnection) throws(Refusal) -> Int64 {
        if let block = reserved[sequence], block.next < block.end {
            reserved[sequence] = (block.next + 1, block.end)
            return block.next
        }
        var end: Int64?
        try connection.statement("UPDATE sequences SET reserved = reserved + ? WHERE name = ? RETURNING reserved")
            .forEach([.int64(Self.block), .text(sequence)]) { row throws(Refusal) in end = row.int64("reserved") }
        guard let end else { throw Refusal(.storage, "There is no sequence '\(sequence)'; make it in a migration.") }
        let first = end - Self.block + 1
        reserved[sequence] = (first + 1, end + 1)
        uncommitted.insert(sequence)
        return first
    }

    /// Gives up what is reserved: another process may take the next block.
    func forget() { reserved = [:] }

    func committed() { uncommitted.removeAll(keepingCapacity: true) }

    func rolledBack() {
        for sequence in uncommitted { reserved[sequence] = nil }
        uncommitted.removeAll(keepingCapacity: true)
    }
}
