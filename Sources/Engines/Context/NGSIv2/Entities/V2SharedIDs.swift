import Storage

/// The v2 ids that more than one entity has, or had: only for these must one search for qualified stored ids, so that the
/// usual read of one entity stays a look-up by key.
struct V2SharedIDs: Sendable {
    static let migration = Migration(
        "0101-v2-shared-ids",
        [
            .createTable(
                Table(
                    "context_v2_shared_ids", primaryKey: ["space", "id"], tenancy: .column("space"), isSmall: true,
                    [Column("space", .text), Column("id", .text)]))
        ])

    let database: any Database
    let context: OperationContext
    let space: String

    func contains(_ id: String) async throws(Refusal) -> Bool {
        try await database.get(context, Self.key(space, id)) != nil
    }

    /// Before an entity gets a qualified id, so that no reader can miss it.
    func add(_ ids: [String]) async throws(Refusal) {
        let space = space
        try await database.write(context) { transaction throws(Refusal) in
            for id in Set(ids) where try transaction.get(Self.key(space, id)) == nil {
                try transaction.execute(
                    "INSERT INTO context_v2_shared_ids (space, id) VALUES (?, ?)", [.text(space), .text(id)])
            }
        }
    }

    private static func key(_ space: String, _ id: String) -> RowKey {
        RowKey("context_v2_shared_ids", [(name: "space", value: .text(space)), (name: "id", value: .text(id))])
    }
}
