import Storage
import Synchronization

/// Connections for reads by key, which run on the calling thread. There are never more than threads that read at once.
final class PointReaders: Sendable {
    private let path: String
    private let free = Mutex<[SQLiteConnection]>([])

    init(path: String) { self.path = path }

    func get(_ key: RowKey) throws(Refusal) -> Row? {
        let connection = try take()
        defer { free.withLock { $0.append(connection) } }
        return try connection.perform { connection in
            Result { () throws(Refusal) -> Row? in
                var found: Row?
                try connection.statement(key.selectStatement).forEach(key.columns.map(\.value)) { found = $0 }
                return found
            }
        }.get()
    }

    private func take() throws(Refusal) -> SQLiteConnection {
        if let connection = free.withLock({ $0.popLast() }) { return connection }
        return try SQLiteConnection(path: path, role: .reader)
    }

    func close() {
        let connections = free.withLock { connections in
            defer { connections = [] }
            return connections
        }
        for connection in connections { connection.close() }
    }
}
