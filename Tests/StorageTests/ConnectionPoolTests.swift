import Dispatch
import HigoTesting
import Storage
import Synchronization
import Testing

@Suite struct ConnectionPoolTests {
    /// Counts the connections that are open and what was done on them.
    private final class Records: Sendable {
        let open = Mutex((now: 0, most: 0))
        let tenants = Mutex<[TenantID]>([])
    }

    private final class FakeConnection: PooledConnection {
        let records: Records
        let isUsable = true

        init(_ records: Records) {
            self.records = records
            records.open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        }

        func close() { records.open.withLock { $0.now -= 1 } }
    }

    /// Lets nobody go on before all have come.
    private final class Arrivals: Sendable {
        private let missing: Mutex<Int>
        private let all = DispatchSemaphore(value: 0)

        init(_ count: Int) { missing = Mutex(count) }

        func waitForAll() {
            let isLast = missing.withLock { missing in
                missing -= 1
                return missing == 0
            }
            if !isLast { all.wait() }
            all.signal()
        }
    }

    private static func pool(_ size: Int, _ records: Records) -> ConnectionPool<FakeConnection> {
        ConnectionPool(size: size) { () throws(Refusal) in FakeConnection(records) }
    }

    @Test func opensNoMoreConnectionsThanItsSizeAndClosesAll() async throws {
        let records = Records()
        let pool = Self.pool(3, records)
        try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    try await pool.perform(for: TenantID("\(number % 5)")) { connection throws(Refusal) in
                        connection.records.tenants.withLock { $0.append("x") }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(records.tenants.withLock(\.count) == 100)
        #expect(records.open.withLock(\.most) <= 3)
        await pool.close()
        #expect(records.open.withLock(\.now) == 0)
        await #expect(throws: Refusal.closed) { try await pool.perform(for: "x") { _ throws(Refusal) in } }
    }

    @Test func opensAgainAfterItLetGoOfIdleConnections() async throws {
        let records = Records()
        let pool = Self.pool(1, records)
        try await pool.perform(for: "x") { _ throws(Refusal) in }
        // The connection is given back just after the answer.
        while records.open.withLock(\.now) > 0 {
            pool.closeIdle()
            await Task.yield()
        }
        try await pool.perform(for: "x") { _ throws(Refusal) in }
        #expect(records.open.withLock(\.now) == 1)
        await pool.close()
    }

    @Test func waitsOnThreadsOfItsOwn() async throws {
        // As many as would fill every thread of Dispatch and of tasks on a small machine, each waiting for the last.
        let count = 32
        let pool = Self.pool(count, Records())
        let arrived = Arrivals(count)
        try await withThrowingTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    try await pool.perform(for: "x") { _ throws(Refusal) in
                        arrived.waitForAll()
                    }
                }
            }
            try await group.waitForAll()
        }
        await pool.close()
    }
}
