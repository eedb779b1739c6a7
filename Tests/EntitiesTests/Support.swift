import Entities
import HigoTesting
import JSON
import Platform
import Storage

/// A store on fresh databases, with its consumers run by hand.
struct TestStore {
    let store: EntityStore
    let database: any Database

    /// Hands all of the change log to the store's consumers that they have not had.
    func fold() async throws {
        let consumers = store.consumers
        try await database.write(.test()) { transaction throws(Refusal) in
            let name = "entities.fold"
            let cursor = try transaction.row("SELECT txid, seq FROM cursors WHERE consumer = ?", [.text(name)])
            let rows = try transaction.rows(
                "SELECT * FROM change_log WHERE seq > ? ORDER BY seq", [.int64(cursor?.int64("seq") ?? -1)])
            let records = rows.map { row in
                ChangeRecord(
                    sequence: row.int64("seq"), time: row.instant("time"), tenant: TenantID(row.text("tenant")),
                    actor: row.text("actor"), requestID: row.text("request_id"),
                    change: Change(
                        EventType(row.text("type")), space: row.text("space"), key: row.text("key"),
                        before: row.optionalBytes("before"), after: row.optionalBytes("after")))
            }
            guard let last = rows.last else { return }
            for consumer in consumers { try consumer.apply(records, transaction) }
            try transaction.execute("DELETE FROM cursors WHERE consumer = ?", [.text(name)])
            try transaction.execute(
                "INSERT INTO cursors (consumer, shard, txid, seq, time) VALUES (?, 0, ?, ?, 0)",
                [.text(name), .int64(last.int64("txid")), .int64(last.int64("seq"))])
        }
    }

    func logRows() async throws -> Int {
        try await database.query(.test()) { reader throws(Refusal) in
            try reader.count("SELECT COUNT(*) FROM change_log")
        }
    }

    func upsert(_ writes: [EntityWrite], as context: OperationContext = .test()) async throws -> [WriteOutcome] {
        let store = store
        let prepared = try writes.map { write throws(Refusal) in try store.prepare(write) }
        return try await database.write(context) { transaction throws(Refusal) in
            try store.upsert(prepared, in: transaction)
        }
    }
}

func withStore(_ kind: TestDatabase.Kind, _ body: (TestStore) async throws -> Void) async throws {
    try await withDatabases(kind, [EntitySchema.migrations]) { databases in
        try await body(TestStore(store: EntityStore(database: databases.main), database: databases.main))
    }
}

extension OperationContext {
    static func officer(of tenant: TenantID, clock: any WallClock = TestClock(Instant(seconds: 1_775_001_600)))
        -> OperationContext
    {
        .test(
            actor: Actor(
                id: "officer:\(tenant)", kind: .officer, tenant: tenant,
                permissions: ["context.space.create", "context.entity.write"]),
            tenant: tenant, clock: clock)
    }

    static var anonymous: OperationContext { .test(actor: .anonymous) }
}

func property(_ value: JSON, _ more: JSON = .object(JSONObject())) -> JSON {
    var object: JSON = ["type": "Property", "value": value]
    for member in more.objectValue?.members ?? [] { object[member.name] = member.value }
    return object
}

func place(_ longitude: Double, _ latitude: Double) -> JSON {
    [
        "type": "GeoProperty",
        "value": ["type": "Point", "coordinates": [JSON(longitude) ?? 0, JSON(latitude) ?? 0]],
    ]
}

func shelter(
    _ number: Int, _ attributes: [JSONObject.Member] = [], visibility: Visibility = .public,
    owner: TenantID = .prefecture, municipality: String? = "431001", space: String = "area",
    type: String = "EvacuationShelter"
) -> EntityWrite {
    EntityWrite(
        space: space,
        entity: Entity(
            id: "urn:ngsi-ld:\(type):\(number)", types: [type],
            attributes: JSONObject(attributes.isEmpty ? [.init("name", property(.string("避難所\(number)")))] : attributes)
        ),
        owner: owner, visibility: visibility, municipality: municipality,
        provenance: Provenance(importID: "import-1", file: "shelters.csv", line: number + 1, licence: "CC BY 4.0"))
}

extension [StoredEntity] {
    var numbers: [Int] { map { Int($0.id.split(separator: ":").last ?? "") ?? -1 } }
}
