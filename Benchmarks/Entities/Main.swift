import Entities
import Foundation
import Geometry
import JSON
import Platform
import SQLiteStorage
import Storage

/// Measures the entity store in process, without HTTP: what each operation takes of the processor and of time.
///
/// `higo-entities [ENTITIES] [FOLDER] [WORD]`: how many entities of the type there are (1,000 if not given), where the
/// databases are made, and a word that is in the names of the only operations to be measured.
@main
struct Main {
    static func main() async throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
        let folder = CommandLine.arguments.dropFirst(2).first ?? NSTemporaryDirectory() + "higo-entities"
        try? FileManager.default.removeItem(atPath: folder)
        let databases = try SQLiteDatabases(folder: folder)
        try await databases.migrate([EntitySchema.migrations])
        let word = CommandLine.arguments.dropFirst(3).first ?? ""
        let bench = Bench(store: EntityStore(database: databases.main), count: count, word: word)
        try await bench.fill()
        try await bench.run()
        await databases.close()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

struct Bench: Sendable {
    let store: EntityStore
    let count: Int
    let word: String
    private var context: OperationContext { .system("bench") }

    func id(_ number: Int) -> String { "urn:ngsi-ld:Room:\(number)" }

    func room(_ number: Int) -> EntityWrite {
        func property(_ value: JSON) -> JSON { ["type": "Property", "value": value] }
        let longitude = JSON(130.0 + Double(number % 317) / 317) ?? 130
        let latitude = JSON(32.0 + Double(number / 317 % 317) / 317) ?? 32
        let place: JSON = ["type": "Point", "coordinates": [longitude, latitude]]
        let attributes = JSONObject([
            .init("temperature", property(JSON(Double(number * 7 % 400) / 10) ?? 0)),
            .init("humidity", property(.int(Int64(number * 13 % 100)))),
            .init("name", property(.string("Room number \(number)"))),
            .init("occupied", property(.bool(number % 2 == 0))),
            .init("observed", property("2026-04-01T00:00:00Z")),
            .init("location", ["type": "GeoProperty", "value": place]),
        ])
        return EntityWrite(
            entity: Entity(id: id(number), types: ["Room"], attributes: attributes), owner: .prefecture,
            visibility: .public)
    }

    func fill() async throws {
        for start in stride(from: 0, to: count, by: 1_000) {
            let block = (start..<min(start + 1_000, count)).map { BatchItem.upsert(room($0), whole: true) }
            _ = try await store.batch(context, block)
        }
        try await fold()
    }

    /// Hands the change log to the store's consumers, as the server does beside its work.
    private func fold() async throws {
        let (store, context) = (store, context)
        var place = LogPosition.start
        while true {
            let after = place
            let records = try await store.database.query(context) { reader throws(Refusal) in
                try ChangeLog.read(after: after, limit: 500, in: reader)
            }
            guard let last = records.last else { return }
            try await store.database.write(context) { transaction throws(Refusal) in
                for consumer in store.consumers { try consumer.apply(records, transaction) }
            }
            place = last.position
        }
    }

    func run() async throws {
        let (store, context, count) = (store, context, count)
        try await measure("get") { _ = try await store.get(context, id: id($0 * 7_919 % count)) }
        try await measure("update one attribute") { number in
            let value: JSON = ["type": "Property", "value": .int(Int64(number))]
            _ = try await store.updateAttributes(
                context, id: id(number * 7_919 % count), attributes: JSONObject([.init("humidity", value)]))
        }
        for text in ["temperature>20;humidity<50", "temperature>38;humidity<5", "temperature==12.5;humidity<90"] {
            let condition = try QueryCondition(parsing: text)
            try await measure("query \(text)") { _ in
                _ = try await store.query(context, EntityQuery(types: ["Room"], condition: condition, limit: 20))
            }
        }
        try await measure("near 3 km") { number in
            let place = Coordinate(
                longitude: 130 + Double(number % 101) / 101, latitude: 32 + Double(min(count / 317, 316)) / 634)
            let near = GeoQuery(relation: .near(minimum: nil, maximum: 3_000), geometry: .point(place))
            _ = try await store.query(context, EntityQuery(types: ["Room"], geo: near, limit: 20))
        }
        try await measure("nearest 20", seconds: 1) { number in
            let place = Coordinate(longitude: 130 + Double(number % 101) / 101, latitude: 32.01)
            let near = GeoQuery(relation: .near(minimum: nil, maximum: 50_000), geometry: .point(place))
            _ = try await store.query(context, EntityQuery(types: ["Room"], geo: near, order: .distance, limit: 20))
        }
        try await measure("batch of 50", per: 50) { number in
            let items = (0..<50).map { offset in
                BatchItem.upsert(changed((number * 50 + offset) % count, number), whole: false)
            }
            _ = try await store.batch(context, items)
        }
    }

    private func changed(_ number: Int, _ turn: Int) -> EntityWrite {
        var write = room(number)
        write.entity.attributes["temperature"] = ["type": "Property", "value": .int(Int64(turn))]
        write.entity.attributes["humidity"] = ["type": "Property", "value": .int(Int64(turn + 1))]
        return write
    }

    /// Runs an operation from 16 tasks for some seconds.
    private func measure(
        _ name: String, seconds: Double = 2, per size: Int = 1,
        _ operation: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        guard word.isEmpty || name.contains(word) else { return }
        let (start, before) = (monotonicNanoseconds(), Self.processorNanoseconds())
        let end = start + UInt64(seconds * 1_000_000_000)
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    var done = 0
                    while monotonicNanoseconds() < end {
                        try await operation(task * 1_000_003 + done)
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +) * size
        }
        let elapsed = Double(monotonicNanoseconds() - start)
        let used = Double(Self.processorNanoseconds() - before)
        print(
            "\(name): \(Int(Double(done) / elapsed * 1_000_000_000))/s,",
            "\((used / Double(done) / 100).rounded() / 10) µs of processor each")
    }

    private static func processorNanoseconds() -> UInt64 {
        var usage = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &usage)
        return UInt64(usage.tv_sec) * 1_000_000_000 + UInt64(usage.tv_nsec)
    }
}
