import Entities
import JSON
import Storage

/// Rows of imports, their staging and their quarantine.
package struct ImportStore: Sendable {
    package let database: any Database

    /// The newest import of a file of a tenant that was applied, unless it was undone since.
    package func lastApplied(_ context: OperationContext, tenant: TenantID, file: String) async throws(Refusal)
        -> ImportRecord?
    {
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                """
                SELECT * FROM connect_imports WHERE tenant = ? AND file = ? AND state = 'applied'
                ORDER BY started DESC LIMIT 1
                """, [.text(tenant.rawValue), .text(file)])
        }
        return rows.first.flatMap(ImportRecord.init)
    }

    package func unfinished(_ context: OperationContext) async throws(Refusal) -> [ImportRecord] {
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM connect_imports WHERE state IN ('checking', 'applying') ORDER BY started")
        }
        return rows.compactMap(ImportRecord.init)
    }

    package func get(_ context: OperationContext, id: String) async throws(Refusal) -> ImportRecord? {
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM connect_imports WHERE id = ?", [.text(id)])
        }
        return rows.first.flatMap(ImportRecord.init)
    }

    /// Newest first.
    package func list(
        _ context: OperationContext, about municipality: String? = nil, limit: Int
    ) async throws(Refusal) -> [ImportRecord] {
        let condition =
            municipality.map { SQLFragment("about = ? AND state = 'applied'", [.text($0)]) } ?? SQLFragment("1 = 1")
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                "SELECT * FROM connect_imports WHERE \(condition.sql) ORDER BY started DESC LIMIT ?",
                condition.arguments + [.int(limit)])
        }
        return rows.compactMap(ImportRecord.init)
    }

    package func begin(_ context: OperationContext, _ draft: ImportDraft) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.execute(
                """
                INSERT INTO connect_imports (tenant, id, file, path, size, modified, digest, catalogue, state, kind, type,
                    series, group_name, visibility, licence, about, chunks, applied, started, finished, actor, report)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'checking', '', NULL, NULL, NULL, ?, ?, ?, 0, 0, ?, NULL, ?, ?)
                """,
                [
                    .text(draft.tenant.rawValue), .text(draft.id), .text(draft.identity.name), .text(draft.path),
                    .int64(draft.identity.size), .int64(draft.identity.modified), .text(draft.digest),
                    .text(draft.catalogue), .text(draft.terms.visibility.rawValue), .optional(draft.terms.licence),
                    .optional(draft.terms.about), .instant(context.now), .text(context.actor.id),
                    .bytes(draft.report.json.bytes),
                ])
        }
    }

    package func stage(_ context: OperationContext, _ draft: ImportDraft, _ chunk: StagedChunk) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.execute(
                "INSERT INTO connect_staging (tenant, import_id, chunk, row_count, payload) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(draft.tenant.rawValue), .text(draft.id), .int(chunk.number), .int(chunk.rows),
                    .bytes(chunk.payload),
                ])
        }
    }

    package func putAside(
        _ context: OperationContext, _ draft: ImportDraft, _ rows: [QuarantinedRow], from position: Int
    ) async throws(Refusal) {
        let values = rows.enumerated().map { offset, row -> [SQLValue] in
            [
                .text(draft.tenant.rawValue), .text(draft.id), .int(position + offset), .int(row.line),
                .text(row.reason.json.description),
                .text(row.original.replacing("\0", with: "\u{FFFD}")),
            ]
        }
        try await database.write(context) { transaction throws(Refusal) in
            try transaction.executeMany(
                """
                INSERT INTO connect_quarantine (tenant, import_id, position, line, reason, original)
                VALUES (?, ?, ?, ?, ?, ?)
                """, values)
        }
    }

    /// Rows put aside, in the file's order.
    package func quarantine(
        _ context: OperationContext, _ record: ImportRecord, after position: Int, limit: Int
    ) async throws(Refusal) -> [QuarantinedRow] {
        let arguments: [SQLValue] = [.text(record.tenant.rawValue), .text(record.id), .int(position), .int(limit)]
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                """
                SELECT line, reason, original FROM connect_quarantine
                WHERE tenant = ? AND import_id = ? AND position > ? ORDER BY position LIMIT ?
                """, arguments)
        }
        return rows.map {
            QuarantinedRow(
                line: $0.int("line"), reason: Remark(stored: $0.text("reason")), original: $0.text("original"))
        }
    }

    /// The whole file is staged: from here on it will be applied, also after a crash.
    package func startApplying(
        _ context: OperationContext, _ draft: ImportDraft, _ outcome: FileCheck.Outcome
    ) async throws(Refusal) {
        let arguments: [SQLValue] = [
            .text(outcome.kind.rawValue), .optional(outcome.report.type), .optional(outcome.series?.id),
            .optional(outcome.sameAsGroup), .int(outcome.chunks), .bytes(outcome.report.json.bytes),
            .text(draft.tenant.rawValue), .text(draft.id),
        ]
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.execute(
                """
                UPDATE connect_imports
                SET state = 'applying', kind = ?, type = ?, series = ?, group_name = ?, chunks = ?, report = ?
                WHERE tenant = ? AND id = ?
                """, arguments)
        }
    }

    /// Nothing of the file was applied, and nothing of it stays but the reason.
    package func refuse(
        _ context: OperationContext, tenant: TenantID, id: String, _ report: ImportReport
    ) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            let key: [SQLValue] = [.text(tenant.rawValue), .text(id)]
            try transaction.execute("DELETE FROM connect_staging WHERE tenant = ? AND import_id = ?", key)
            try transaction.execute("DELETE FROM connect_quarantine WHERE tenant = ? AND import_id = ?", key)
            try transaction.execute(
                "UPDATE connect_imports SET state = 'refused', finished = ?, report = ? WHERE tenant = ? AND id = ?",
                [.instant(context.now), .bytes(report.json.bytes)] + key)
        }
    }

    package func finish(_ context: OperationContext, _ record: ImportRecord, _ report: ImportReport)
        async throws(Refusal)
    {
        try await database.write(context) { transaction throws(Refusal) in
            let key: [SQLValue] = [.text(record.tenant.rawValue), .text(record.id)]
            try transaction.execute(
                "UPDATE connect_imports SET state = 'applied', finished = ?, report = ? WHERE tenant = ? AND id = ?",
                [.instant(context.now), .bytes(report.json.bytes)] + key)
            try transaction.record(
                Change(
                    "connect.import.applied", space: record.tenant.rawValue, key: record.id, after: report.json.bytes))
            try transaction.execute("DELETE FROM connect_staging WHERE tenant = ? AND import_id = ?", key)
        }
    }

    /// The file has the same content under a new date, so that the next look need not read it.
    package func touch(_ context: OperationContext, _ record: ImportRecord, _ identity: FileIdentity)
        async throws(Refusal)
    {
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.execute(
                "UPDATE connect_imports SET modified = ?, size = ? WHERE tenant = ? AND id = ?",
                [.int64(identity.modified), .int64(identity.size), .text(record.tenant.rawValue), .text(record.id)])
        }
    }
}

/// An import about to begin.
package struct ImportDraft: Sendable {
    package var id: String
    package var tenant: TenantID
    package var path: String
    package var identity: FileIdentity
    package var digest: String
    package var catalogue: String
    package var terms: SourceTerms
    package var report: ImportReport

    package init(
        id: String, tenant: TenantID, path: String, identity: FileIdentity, digest: String, catalogue: String,
        terms: SourceTerms, report: ImportReport
    ) {
        self.id = id
        self.tenant = tenant
        self.path = path
        self.identity = identity
        self.digest = digest
        self.catalogue = catalogue
        self.terms = terms
        self.report = report
    }
}
