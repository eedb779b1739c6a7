import Crypto
import Entities
import JSON
import Storage

/// Applies staged chunks, each in a transaction of its own that also moves the import's counter.
package struct ChunkApplier: Sendable {
    package let database: any Database
    package let tables: TableStore
    package let entities: EntityStore
    package let record: ImportRecord
    package let series: SeriesModel?

    package init(
        database: any Database, tables: TableStore, entities: EntityStore, record: ImportRecord, series: SeriesModel?
    ) {
        self.database = database
        self.tables = tables
        self.entities = entities
        self.record = record
        self.series = series
    }

    /// What a chunk did.
    package struct Counts: Sendable, Equatable {
        package var created = 0
        package var updated = 0
        package var unchanged = 0

        package init(created: Int = 0, updated: Int = 0, unchanged: Int = 0) {
            self.created = created
            self.updated = updated
            self.unchanged = unchanged
        }
    }

    /// - Returns: what was done; nothing if another run applied the chunk before.
    package func apply(_ context: OperationContext, chunk: Int) async throws(Refusal) -> Counts {
        let key = RowKey(
            "connect_staging",
            [("tenant", .text(record.tenant.rawValue)), ("import_id", .text(record.id)), ("chunk", .int(chunk))])
        guard let row = try await database.get(context, key) else {
            throw Refusal(.storage, "The chunk \(chunk) of the import \(record.id) is not staged.")
        }
        let rows = try StagedPayload.decode(row.bytes("payload"))
        switch record.kind {
        case .series: return try await applyMeasurements(context, chunk, rows)
        case .table: return try await applyCells(context, chunk, rows)
        default: return try await applyEntities(context, chunk, rows)
        }
    }

    /// Refuses quietly: false if the chunk was applied before. The counter's row belongs to this import alone.
    package func claim(_ chunk: Int, in transaction: any Transaction) throws(Refusal) -> Bool {
        let key: [SQLValue] = [.text(record.tenant.rawValue), .text(record.id)]
        let row = try transaction.row(
            "SELECT applied FROM connect_imports WHERE tenant = ? AND id = ? AND state = 'applying'", key)
        guard let row, row.int("applied") == chunk - 1 else { return false }
        return true
    }

    package func advance(to chunk: Int, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            "UPDATE connect_imports SET applied = ? WHERE tenant = ? AND id = ?",
            [.int(chunk), .text(record.tenant.rawValue), .text(record.id)])
    }

    package func provenance(line: Int?) -> Provenance {
        Provenance(importID: record.id, file: record.file, line: line, licence: record.report.licence)
    }
}
