import Storage

/// Files of one body number their rows alike. One entity stands for one row of one file, so what another file has named
/// first keeps its id, and the later file's row gets its file's name behind the key.
extension ChunkApplier {
    /// The rows with the ids that they keep, and what is known of these by id: the digest of what the file last said.
    package func settled(
        _ context: OperationContext, _ rows: [StagedRow]
    ) async throws(Refusal) -> (rows: [StagedRow], digests: [String: String]) {
        let ids = rows.compactMap { if case .entity(let row, _) = $0 { row.id } else { nil } }
        let found = try await known(context, ids + (record.kind == .model ? ids.map(ownID) : []))
        var digests: [String: String] = [:]
        let settled = rows.map { staged -> StagedRow in
            guard case .entity(var row, let type) = staged else { return staged }
            let own = ownID(row.id)
            if record.kind == .model, found[own] != nil || found[row.id].map({ $0.file != record.file }) == true {
                row.id = own
            }
            digests[row.id] = found[row.id]?.digest
            return .entity(row, type: type)
        }
        return (settled, digests)
    }

    private func ownID(_ id: String) -> String { "\(id)~\(EntityKeys.urnPart(Self.stem(record)))" }

    /// The file's name up to its first point.
    private static func stem(_ record: ImportRecord) -> String { String(record.file.prefix { $0 != "." }) }

    private func known(
        _ context: OperationContext, _ ids: [String]
    ) async throws(Refusal) -> [String: (file: String, digest: String)] {
        guard !ids.isEmpty else { return [:] }
        let tenant = SQLValue.text(record.tenant.rawValue)
        let found = try await database.query(context) { reader throws(Refusal) in
            var found: [Row] = []
            for start in stride(from: 0, to: ids.count, by: 500) {
                let part = ids[start..<min(start + 500, ids.count)]
                let marks = part.map { _ in "?" }.joined(separator: ", ")
                found += try reader.rows(
                    "SELECT entity_id, file, digest FROM connect_rows WHERE tenant = ? AND entity_id IN (\(marks))",
                    [tenant] + part.map { .text($0) })
            }
            return found
        }
        return Dictionary(found.map { ($0.text("entity_id"), ($0.text("file"), $0.text("digest"))) }) { first, _ in
            first
        }
    }
}
