import Context
import Entities
import HigoTesting
import JSON
import Platform
import Storage
import Web

let writer: Set<Permission> = [
    "context.entity.write", "context.entity.delete", "context.space.create", "context.subscription.write",
]

func withContextSite(_ kind: TestDatabase.Kind, _ body: (TestSite) async throws -> Void) async throws {
    try await withTestSite([ContextModule.module], on: kind, resources: ["Web", "Context"], body)
}

extension TestSite {
    /// Puts entities of a file in place, and folds what follows from them.
    func load(_ writes: [EntityWrite]) async throws {
        let store = ports.entities
        let prepared = try writes.map { write throws(Refusal) in try store.prepare(write) }
        try await store.database.write(.test()) { transaction throws(Refusal) in
            _ = try store.upsert(prepared, in: transaction)
        }
        try await fold()
    }

    func fold() async throws {
        let consumers = ports.entities.consumers
        try await ports.entities.database.write(.test()) { transaction throws(Refusal) in
            let rows = try transaction.rows("SELECT * FROM change_log ORDER BY seq")
            let records = rows.map { row in
                ChangeRecord(
                    sequence: row.int64("seq"), time: row.instant("time"), tenant: TenantID(row.text("tenant")),
                    actor: row.text("actor"), requestID: row.text("request_id"),
                    change: Change(
                        EventType(row.text("type")), space: row.text("space"), key: row.text("key"),
                        before: row.optionalBytes("before"), after: row.optionalBytes("after")))
            }
            try transaction.execute("DELETE FROM entity_counts")
            try transaction.execute("DELETE FROM attribute_counts")
            for consumer in consumers {
                try consumer.apply(records.filter { $0.change.type.rawValue.hasPrefix("context.entity.") }, transaction)
            }
        }
    }
}

func shelter(
    _ number: Int, name: String = "熊本城ホール", visibility: Visibility = .public, owner: TenantID = .prefecture,
    licence: String? = "CC BY 4.0"
) -> EntityWrite {
    EntityWrite(
        entity: Entity(
            id: "urn:ngsi-ld:EvacuationShelter:431001:\(number)", types: ["EvacuationShelter"],
            attributes: JSONObject([
                .init("name", ["type": "Property", "value": .string(name)]),
                .init("capacity", ["type": "Property", "value": .int(Int64(number * 100))]),
                .init(
                    "location",
                    [
                        "type": "GeoProperty",
                        "value": [
                            "type": "Point",
                            "coordinates": [.number(number < 30 ? "130.\(70 + number)" : "131.\(number)"), 32.8],
                        ],
                    ]),
            ])), owner: owner, visibility: visibility, municipality: "431001",
        provenance: Provenance(importID: "i1", file: "避難所.csv", line: number + 1, licence: licence))
}
