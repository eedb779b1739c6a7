import Crypto
import Foundation
import JSON
import Storage

/// The table of hosted contexts. They never change: who wants another one adds it and deletes the old one.
struct HostedContexts: Sendable {
    static let migration = Migration(
        "0103-contexts",
        [
            .createTable(
                Table(
                    "context_documents", primaryKey: ["space", "id"], tenancy: .column("space"),
                    [
                        Column("space", .text), Column("id", .text), Column("owner", .text), Column("kind", .text),
                        Column("document", .bytes), Column("created", .instant),
                    ]))
        ])
    /// The most contexts of one owner in one space.
    static let most = 1_000

    let database: any Database

    func get(_ id: String, space: String, _ context: OperationContext) async throws(Refusal) -> HostedContext? {
        try await database.get(context, Self.key(space, id)).map(HostedContext.init)
    }

    /// Without their documents.
    func list(space: String, _ context: OperationContext) async throws(Refusal) -> [HostedContext] {
        try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                "SELECT space, id, owner, kind, created FROM context_documents WHERE space = ? ORDER BY created, id",
                [.text(space)]
            ).map(HostedContext.init)
        }
    }

    func add(_ document: JSON, space: String, _ context: OperationContext) async throws(Refusal) -> HostedContext {
        let id = UUID().uuidString.lowercased().filter { $0 != "-" }
        let new = HostedContext(
            id: id, space: space, owner: context.actor.tenant ?? context.tenant, kind: .hosted, document: document,
            createdAt: context.now)
        return try await keep(new, context)
    }

    /// The same context always gets the same id.
    func keepImplicit(
        _ source: JSON, space: String, _ context: OperationContext
    ) async throws(Refusal) -> HostedContext {
        let digest = SHA256.hash(data: source.bytes).prefix(16)
        let id = digest.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        let document: JSON = ["@context": source]
        return try await keep(
            HostedContext(
                id: id, space: space, owner: context.actor.tenant ?? context.tenant, kind: .implicit,
                document: document, createdAt: context.now), context)
    }

    private func keep(_ new: HostedContext, _ context: OperationContext) async throws(Refusal) -> HostedContext {
        try await database.write(context) { transaction throws(Refusal) in
            if let known = try transaction.get(Self.key(new.space, new.id)) { return HostedContext(known) }
            let count = try transaction.count(
                "SELECT COUNT(*) FROM context_documents WHERE space = ? AND owner = ?",
                [.text(new.space), .text(new.owner.rawValue)])
            guard count < Self.most else {
                throw Refusal(.conflict, "There are \(count) contexts already; delete some first.")
            }
            try transaction.execute(
                "INSERT INTO context_documents (space, id, owner, kind, document, created) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .text(new.space), .text(new.id), .text(new.owner.rawValue), .text(new.kind.rawValue),
                    .bytes(new.document.bytes),
                    .instant(new.createdAt),
                ])
            return new
        }
    }

    /// Refuses with `notFound`, and with `forbidden` if it is another body's.
    func delete(_ id: String, space: String, _ context: OperationContext) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            guard let known = try transaction.get(Self.key(space, id)).map(HostedContext.init) else {
                throw .noContext(id)
            }
            guard context.actor.isUnrestricted || context.actor.tenant == known.owner else {
                throw Refusal(.forbidden, "The context belongs to \(known.owner); only its owner may delete it.")
            }
            try transaction.execute(
                "DELETE FROM context_documents WHERE space = ? AND id = ?", [.text(space), .text(id)])
        }
    }

    private static func key(_ space: String, _ id: String) -> RowKey {
        RowKey("context_documents", [(name: "space", value: .text(space)), (name: "id", value: .text(id))])
    }
}

extension Refusal {
    static func noContext(_ id: String) -> Refusal {
        Refusal(.notFound, "There is no context with the id '\(id.prefix(200))'.")
    }
}
