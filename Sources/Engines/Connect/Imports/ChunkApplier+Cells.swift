import JSON
import Storage

extension ChunkApplier {
    /// Rows of a table of its own go to the database of tables, then the import's counter moves in `main`. Between the two
    /// a crash may come: the table's own counter passes over a chunk that it has.
    package func applyCells(_ context: OperationContext, _ chunk: Int, _ rows: [StagedRow]) async throws(Refusal)
        -> Counts
    {
        try await tables.append(context, record, chunk: chunk, rows)
        return try await database.write(context) { transaction throws(Refusal) -> Counts in
            guard try claim(chunk, in: transaction) else { return Counts() }
            try advance(to: chunk, in: transaction)
            return Counts(created: rows.count)
        }
    }
}
