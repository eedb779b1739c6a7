import Storage
import Synchronization

/// Hands the change log to one consumer, batch by batch, each in the transaction that moves its cursor: so each change
/// is applied once, whatever stops in between.
public final class ConsumerRunner: Sendable {
    private static let changesInABatch = 500
    private static let changesRead = 1_000

    /// Where the database says that the consumer is, and how far it has looked past changes that are not for it.
    private struct Place: Sendable {
        var durable: LogPosition
        var seen: LogPosition
    }

    private let consumer: Consumer
    private let database: any Database
    private let holder: String
    private let place = Mutex<Place?>(nil)

    public init(_ consumer: Consumer, database: any Database, holder: String) {
        self.consumer = consumer
        self.database = database
        self.holder = holder
    }

    public var name: String { consumer.name }

    /// Applies what is there, page by page. Changes that arrive while the last page is applied wait for the next run, so
    /// that a steady stream of small commits is taken in large batches.
    /// - Returns: how many changes were applied; 0 as well if another process runs this consumer.
    @discardableResult
    public func run(_ context: OperationContext) async throws(Refusal) -> Int {
        var applied = 0
        while true {
            let page = try await read(context)
            guard !page.changes.isEmpty, let count = try await apply(context, page) else { break }
            applied += count
            if !page.isFull { break }
        }
        return applied
    }

    /// Applies what is in the log by now, or waits until another runner of this consumer has: after it, what was written
    /// before can be found. Gives up after `seconds`.
    public func catchUp(_ context: OperationContext, seconds: Double = 60) async throws(Refusal) {
        let name = consumer.name
        let end = try await database.query(context) { reader throws(Refusal) in try ChangeLog.end(in: reader) }
        let started = context.now
        while context.now.seconds(since: started) < seconds {
            try await run(context)
            let seen = place.withLock { $0?.seen } ?? .start
            let durable = try await database.query(context) { reader throws(Refusal) in try reader.cursor(name) }
            if max(seen, durable) >= end { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Changes of the log that follow the cursor, in its order.
    private struct Page: Sendable {
        var start: Place
        var changes: [ChangeRecord]

        var isFull: Bool { changes.count == ConsumerRunner.changesRead }
    }

    private func read(_ context: OperationContext) async throws(Refusal) -> Page {
        let (name, known) = (consumer.name, place.withLock { $0 })
        return try await database.query(context) { reader throws(Refusal) in
            let durable = try reader.cursor(name)
            let seen = known.map { $0.durable == durable ? $0.seen : durable } ?? durable
            return Page(
                start: Place(durable: durable, seen: seen),
                changes: try ChangeLog.read(after: seen, limit: Self.changesRead, in: reader))
        }
    }

    /// Applies a page in batches, each short enough for the line of writers; `nil` if another process has moved on.
    private func apply(_ context: OperationContext, _ page: Page) async throws(Refusal) -> Int? {
        let wanted = page.changes.filter(isWanted)
        guard let last = page.changes.last?.position else { return 0 }
        if wanted.isEmpty, !page.isFull {
            // Not worth a write: the cursor follows with the next batch, or when this process starts again.
            place.withLock { $0 = Place(durable: page.start.durable, seen: last) }
            return 0
        }
        var from = page.start.durable
        for start in stride(from: 0, to: max(wanted.count, 1), by: Self.changesInABatch) {
            let batch = Array(wanted.dropFirst(start).prefix(Self.changesInABatch))
            let isLast = start + Self.changesInABatch >= wanted.count
            let end = isLast ? last : batch[batch.count - 1].position
            guard try await apply(context, batch, from: from, to: end) else { return nil }
            from = end
            place.withLock { $0 = Place(durable: end, seen: end) }
        }
        return wanted.count
    }

    private func isWanted(_ record: ChangeRecord) -> Bool {
        consumer.typePrefixes.isEmpty || consumer.typePrefixes.contains { record.change.type.rawValue.hasPrefix($0) }
    }

    private func apply(
        _ context: OperationContext, _ changes: [ChangeRecord], from start: LogPosition, to end: LogPosition
    ) async throws(Refusal) -> Bool {
        let (consumer, holder) = (consumer, holder)
        return try await database.write(context) { transaction throws(Refusal) in
            guard try transaction.cursor(consumer.name) == start else { return false }
            guard try transaction.takeLease("consumer.\(consumer.name)", holder: holder) else { return false }
            if !changes.isEmpty { try consumer.apply(changes, transaction) }
            try transaction.moveCursor(consumer.name, to: end)
            return true
        }
    }
}
