import Entities
import JSON
import Storage

extension ImportService {
    /// Takes an import back: entities that it made are deleted, those that it changed get their former content. Refuses with
    /// `conflict` if a later import has changed one of them, and for values that were added to sensors' history.
    /// - Returns: how many entities stay as they are, since somebody else changed them after the import.
    @discardableResult
    public func undo(_ context: OperationContext, importID: String) async throws(Refusal) -> Int {
        try context.require(ConnectPermissions.run)
        guard let record = try await store.get(context, id: importID), record.isVisible(to: context.actor) else {
            throw Refusal(.notFound, "There is no import '\(importID)'.")
        }
        guard context.actor.isUnrestricted || context.actor.tenant == record.tenant else {
            throw Refusal(.forbidden, "This import belongs to \(record.tenant); only its owner may undo it.")
        }
        guard record.state == .applied else {
            throw Refusal(
                .conflict, "Only an import that was applied can be undone; this one is \(record.state.rawValue).")
        }
        switch record.kind {
        case .table:
            try await undoTable(context, record)
            return 0
        case .series: throw Refusal(.conflict, "Measured values stay in the history of their sensors.")
        default: return try await undoEntities(context, record)
        }
    }

    private func undoTable(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) {
        let newer = try await tables.versions(context, record).last
        guard newer == nil || newer == record.id else {
            throw Refusal(.conflict, "A later import replaced this table. Undo that one first.")
        }
        try await tables.withdraw(context, record)
        try await database.write(context) { transaction throws(Refusal) in
            try Self.markUndone(record, in: transaction)
        }
    }

    /// One former state of an entity is kept: what lies further back cannot be brought again.
    private func refuseUnlessLast(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) {
        let key: [SQLValue] = [.text(record.tenant.rawValue), .text(record.id)]
        let (newer, lost) = try await database.query(context) { reader throws(Refusal) in
            let changed = try reader.count(
                "SELECT COUNT(*) FROM connect_rows WHERE tenant = ? AND previous_import = ?", key)
            let later = try reader.count(
                "SELECT COUNT(*) FROM connect_imports WHERE tenant = ? AND file = ? AND state = 'applied' AND started > ?",
                [key[0], .text(record.file), .instant(record.started)])
            let lost = try reader.count(
                """
                SELECT COUNT(*) FROM connect_rows
                WHERE tenant = ? AND import_id = ? AND previous IS NULL AND made_by <> ?
                """, key + [.text(record.id)])
            return (changed + later, lost)
        }
        guard newer == 0 else {
            throw Refusal(.conflict, "A later import changed what this one made. Undo that one first.")
        }
        guard lost == 0 else {
            throw Refusal(
                .conflict, "What \(lost) of its entities were before is no longer kept; only one step can be undone.")
        }
    }

    private func undoEntities(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) -> Int {
        try await refuseUnlessLast(context, record)
        let key: [SQLValue] = [.text(record.tenant.rawValue), .text(record.id)]
        var kept = 0
        while true {
            let rows = try await database.query(context) { reader throws(Refusal) in
                try reader.rows(
                    "SELECT * FROM connect_rows WHERE tenant = ? AND import_id = ? ORDER BY entity_id LIMIT 500", key)
            }
            if rows.isEmpty { break }
            let touched = try await changedSince(context, rows)
            kept += touched.count
            var restored: [PreparedEntity] = []
            for row in rows where !touched.contains(row.text("entity_id")) {
                if let entity = try former(row, record) { restored.append(entity) }
            }
            let formers = restored
            let created = rows.filter { $0.optionalBytes("previous") == nil }.map { $0.text("entity_id") }
                .filter { !touched.contains($0) }
            try await database.write(context) { transaction throws(Refusal) in
                try entities.delete(ids: created, in: transaction)
                if !formers.isEmpty { _ = try entities.upsert(formers, in: transaction) }
                try Self.forget(rows, record, in: transaction)
            }
        }
        try await database.write(context) { transaction throws(Refusal) in
            try Self.markUndone(record, in: transaction)
        }
        return kept
    }

    /// Those that no longer hold what the import wrote; `sameAs` is Higo's own.
    private func changedSince(_ context: OperationContext, _ rows: [Row]) async throws(Refusal) -> Set<String> {
        let ids = rows.map { $0.text("entity_id") }
        let page = try await entities.query(context, EntityQuery(ids: ids, limit: ids.count))
        let now = Dictionary(page.entities.map { ($0.id, $0) }) { first, _ in first }
        var changed: Set<String> = []
        for row in rows {
            guard let entity = now[row.text("entity_id")] else { continue }
            let attributes = JSONObject(entity.attributes.filter { $0.name != "sameAs" })
            if ChunkApplier.digest(attributes, municipality: entity.municipality) != row.text("digest") {
                changed.insert(entity.id)
            }
        }
        return changed
    }

    private func former(_ row: Row, _ record: ImportRecord) throws(Refusal) -> PreparedEntity? {
        guard let bytes = row.optionalBytes("previous"), let tree = try? JSON(parsing: bytes),
            let object = tree.objectValue
        else { return nil }
        let types = object["type"]?.arrayValue?.compactMap(\.stringValue) ?? [object["type"]?.stringValue ?? ""]
        let attributes = object.filter { $0.name != "id" && $0.name != "type" }
        let entity = Entity(id: row.text("entity_id"), types: types, attributes: JSONObject(Array(attributes)))
        return try entities.prepare(
            EntityWrite(
                entity: entity, owner: record.tenant, visibility: record.visibility,
                municipality: attributes.first { $0.name == "localGovernmentCode" }?.value["value"]?.stringValue,
                provenance: Provenance(
                    importID: row.optionalText("previous_import"), file: record.file, licence: record.report.licence)))
    }

    private static func forget(
        _ rows: [Row], _ record: ImportRecord, in transaction: any Transaction
    ) throws(Refusal) {
        for row in rows {
            let key: [SQLValue] = [.text(record.tenant.rawValue), .text(row.text("entity_id"))]
            if row.optionalBytes("previous") == nil {
                try transaction.execute("DELETE FROM connect_rows WHERE tenant = ? AND entity_id = ?", key)
            } else {
                try transaction.execute(
                    """
                    UPDATE connect_rows SET import_id = COALESCE(previous_import, ''),
                        digest = COALESCE(previous_digest, ''), previous_import = NULL, previous_digest = NULL,
                        previous = NULL WHERE tenant = ? AND entity_id = ?
                    """, key)
            }
        }
    }

    private static func markUndone(_ record: ImportRecord, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            "UPDATE connect_imports SET state = 'undone' WHERE tenant = ? AND id = ?",
            [.text(record.tenant.rawValue), .text(record.id)])
        try transaction.record(Change("connect.import.undone", space: record.tenant.rawValue, key: record.id))
    }
}
