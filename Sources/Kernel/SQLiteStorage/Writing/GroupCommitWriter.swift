import Dispatch
import Storage
import Synchronization

/// The one writer of a database: takes what queued while the last commit ran into one durable commit.
///
/// There is no waiting for company, so a lone write commits at once. The batch runs without savepoints (they cost a
/// fifth of the rate); if a body refuses after it wrote, the batch is rolled back and its bodies run one by one.
final class GroupCommitWriter: Sendable {
    private static let batchLimit = 256

    private struct State {
        var line = TenantLine<any PendingWrite>()
        var isRunning = false
        var isClosed = false
        var statistics = WriteStatistics()
        var wakers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "higo.sqlite.writer", qos: .userInitiated)
    private let writer: WriterConnection
    private let sequences = SQLiteSequences()

    /// Opens the file at once, to say so if it cannot be written.
    init(path: String) throws(Refusal) {
        writer = WriterConnection(path: path)
        _ = try writer.opened()
    }

    /// Lets go of the connection until the next write.
    func closeIdle() {
        queue.async {
            self.writer.close()
            self.sequences.forget()
        }
    }

    var statistics: WriteStatistics { state.withLock { $0.statistics } }

    func submit(_ write: any PendingWrite) {
        enum Next { case start, wait, refuse }
        let next = state.withLock { state in
            if state.isClosed { return Next.refuse }
            state.line.append(write, of: write.tenant)
            defer { state.isRunning = true }
            return state.isRunning ? .wait : .start
        }
        switch next {
        case .start: queue.async { self.drain() }
        case .wait: break
        case .refuse: write.finish(refusal: .closed)
        }
    }

    func whenCommitted(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wakers.append(wake) } }

    /// Finishes what was taken; later writes are refused.
    func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            queue.async {
                self.writer.close()
                continuation.resume()
            }
        }
    }

    private func drain() {
        while true {
            let batch = state.withLock { state in
                let batch = state.line.take(Self.batchLimit)
                if batch.isEmpty { state.isRunning = false }
                return batch
            }
            if batch.isEmpty { return }
            run(batch)
        }
    }

    private func run(_ batch: [any PendingWrite]) {
        do throws(Refusal) {
            try writer.opened().perform { connection in commit(batch, on: connection) }
        } catch {
            for write in batch { write.finish(refusal: error) }
        }
    }

    private func commit(_ batch: [any PendingWrite], on connection: SQLiteConnection) {
        if let refusals = attempt(batch, on: connection) {
            finish(batch, refusals)
        } else {
            state.withLock { $0.statistics.replays += batch.count }
            for write in batch {
                finish(
                    [write],
                    attempt([write], on: connection, isAlone: true) ?? [Refusal(.storage, "A replay was not decided.")])
            }
        }
    }

    /// Runs the bodies in one transaction. `nil` if it had to be rolled back and the bodies must run again alone.
    private func attempt(_ batch: [any PendingWrite], on connection: SQLiteConnection, isAlone: Bool = false)
        -> [Refusal?]?
    {
        do {
            try connection.run("BEGIN IMMEDIATE")
            var refusals: [Refusal?] = []
            for write in batch {
                switch write.run(connection, sequences) {
                case .done: refusals.append(nil)
                case .refused(let refusal): refusals.append(refusal)
                case .spoiled(let refusal):
                    rollBack(connection)
                    if isAlone { return [refusal] }
                    state.withLock { $0.statistics.lateRefusals += 1 }
                    return nil
                }
            }
            try connection.run("COMMIT")
            sequences.committed()
            return refusals
        } catch {
            rollBack(connection)
            return batch.map { _ in error }
        }
    }

    private func rollBack(_ connection: SQLiteConnection) {
        connection.rollBack()
        sequences.rolledBack()
    }

    private func finish(_ batch: [any PendingWrite], _ refusals: [Refusal?]) {
        let committed = refusals.count { $0 == nil }
        let wakers = state.withLock { state -> [@Sendable () -> Void] in
            guard committed > 0 else { return [] }
            state.statistics.bodies += committed
            state.statistics.commits += 1
            return state.wakers
        }
        for (write, refusal) in zip(batch, refusals) { write.finish(refusal: refusal) }
        for wake in wakers { wake() }
    }
}
