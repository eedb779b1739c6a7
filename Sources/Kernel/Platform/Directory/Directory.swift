import Storage

/// The main database as the services of tenants, units, accounts and keys use it: every change moves the version.
public struct Directory: Sendable {
    public let database: any Database
    public let version: DirectoryVersion

    public init(database: any Database, version: DirectoryVersion = DirectoryVersion()) {
        self.database = database
        self.version = version
    }

    /// Runs a change in a transaction and makes every cache of this process forget what it held.
    func change<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let (result, version) = try await database.write(context) { transaction throws(Refusal) in
            let result = try body(transaction)
            return (result, try DirectoryVersion.increase(in: transaction))
        }
        self.version.advance(to: version)
        return result
    }

    func rows(_ context: OperationContext, _ sql: String, _ arguments: [SQLValue] = []) async throws(Refusal) -> [Row] {
        try await database.query(context) { reader throws(Refusal) in try reader.rows(sql, arguments) }
    }
}
