import Crypto
import Entities
import JSON
import Storage

extension ChunkApplier {
    /// An entity's row with what it held, ready to be compared.
    private struct Candidate: Sendable {
        var prepared: PreparedEntity
        var digest: String
        var id: String { prepared.write.entity.id }
    }

    package func applyEntities(_ context: OperationContext, _ chunk: Int, _ rows: [StagedRow]) async throws(Refusal)
        -> Counts
    {
        let (rows, known) = try await settled(context, rows)
        var candidates: [Candidate] = []
        var unchanged = 0
        for case .entity(let row, let type) in rows {
            let digest = ChunkApplier.digest(row)
            if known[row.id] == digest {
                unchanged += 1
            } else {
                candidates.append(Candidate(prepared: try prepare(row, type: type), digest: digest))
            }
        }
        let previous = try await previousDocuments(context, candidates.filter { known[$0.id] != nil }.map(\.id))
        let changed = candidates
        let applied = try await database.write(context) { transaction throws(Refusal) -> Counts? in
            guard try claim(chunk, in: transaction) else { return nil }
            let outcomes = try entities.upsert(changed.map(\.prepared), in: transaction)
            try remember(changed, outcomes, previous, in: transaction)
            try advance(to: chunk, in: transaction)
            return Counts(
                created: outcomes.count { $0 == .created }, updated: outcomes.count { $0 == .updated },
                unchanged: outcomes.count { $0 == .unchanged })
        }
        guard var counts = applied else { return Counts() }
        counts.unchanged += unchanged
        return counts
    }

    private func prepare(_ row: MappedRow, type: String) throws(Refusal) -> PreparedEntity {
        try entities.prepare(
            EntityWrite(
                entity: Entity(id: row.id, types: [type], attributes: row.attributes), owner: record.tenant,
                visibility: record.visibility, municipality: row.municipality, provenance: provenance(line: row.line)))
    }

    package static func digest(_ row: MappedRow) -> String { digest(row.attributes, municipality: row.municipality) }

    package static func digest(_ attributes: JSONObject, municipality: String?) -> String {
        var hash = SHA256()
        hash.update(data: Array((municipality ?? "").utf8))
        hash.update(data: JSON.object(attributes).bytes)
        return Hex.text(hash.finalize().prefix(16))
    }

    /// What changed entities were, so that the import can be undone.
    private func previousDocuments(_ context: OperationContext, _ ids: [String]) async throws(Refusal) -> [String:
        [UInt8]]
    {
        guard !ids.isEmpty else { return [:] }
        let page = try await entities.query(context, EntityQuery(ids: ids, limit: ids.count))
        return Dictionary(page.entities.map { ($0.id, $0.document) }) { first, _ in first }
    }

    private func remember(
        _ candidates: [Candidate], _ outcomes: [WriteOutcome], _ previous: [String: [UInt8]],
        in transaction: any Transaction
    ) throws(Refusal) {
        let rows = zip(candidates, outcomes).map { candidate, outcome -> [SQLValue] in
            [
                .text(record.tenant.rawValue), .text(candidate.id), .text(record.file), .text(record.id),
                .text(candidate.digest), .text(outcome == .created ? record.id : ""), .optional(previous[candidate.id]),
            ]
        }
        try transaction.executeMany(
            """
            INSERT INTO connect_rows (tenant, entity_id, file, import_id, digest, made_by, previous)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, entity_id) DO UPDATE SET previous_import = connect_rows.import_id,
                previous_digest = connect_rows.digest, import_id = excluded.import_id, digest = excluded.digest,
                previous = excluded.previous
            """, rows)
    }
}
