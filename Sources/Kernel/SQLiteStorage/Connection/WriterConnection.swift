import Storage

/// The connection of a writer, opened when it is needed.
///
/// `@unchecked Sendable`: touched only on the writer's queue.
final class WriterConnection: @unchecked Sendable {
    private let path: String
    private var connection: SQLiteConnection?

    init(path: String) { self.path = path }

    func opened() throws(Refusal) -> SQLiteConnection {
        if let connection { return connection }
        let fresh = try SQLiteConnection(path: path, role: .writer)
        connection = fresh
        return fresh
    }

    func close() {
        connection?.close()
        connection = nil
    }
}
