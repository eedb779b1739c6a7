import Storage
import Synchronization

/// A number that grows with every change of tenants, units, accounts, roles and keys. Caches are keyed by it.
///
/// A change made here is known at once; one made by another process when `look` is next called, every second.
public final class DirectoryVersion: Sendable {
    private let known = Atomic<Int64>(0)

    public init() {}

    public var current: Int64 { known.load(ordering: .acquiring) }

    /// Reads the number from the database, one row by key.
    public func look(_ context: OperationContext, in database: any Database) async throws(Refusal) {
        guard let row = try await database.get(context, Self.key) else { return }
        advance(to: row.int64("version"))
    }

    func advance(to version: Int64) {
        var seen = known.load(ordering: .acquiring)
        while seen < version {
            let (exchanged, original) = known.compareExchange(
                expected: seen, desired: version, ordering: .acquiringAndReleasing)
            if exchanged { return }
            seen = original
        }
    }

    static let key = RowKey("platform_versions", [("name", "directory")])

    /// Counts a change; the number after it.
    static func increase(in transaction: any Transaction) throws(Refusal) -> Int64 {
        try transaction.execute(
            """
            INSERT INTO platform_versions (name, version) VALUES ('directory', 1)
            ON CONFLICT (name) DO UPDATE SET version = platform_versions.version + 1
            """)
        return try transaction.get(key)?.int64("version") ?? 0
    }
}
