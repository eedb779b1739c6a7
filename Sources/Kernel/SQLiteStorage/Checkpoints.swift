import Dispatch
import Storage
import Synchronization

/// Moves the write-ahead logs into their files every second, on connections of its own, so that no commit waits for it.
///
/// `@unchecked Sendable`: connections are touched only on the queue.
final class Checkpoints: @unchecked Sendable {
    private let queue = DispatchQueue(label: "higo.sqlite.checkpoints", qos: .utility)
    private let timer: any DispatchSourceTimer
    private var connections: [String: SQLiteConnection] = [:]

    init() {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(100))
        timer.setEventHandler { [weak self] in self?.checkpoint() }
        timer.activate()
    }

    func add(_ path: String) {
        queue.async { [self] in connections[path] = try? SQLiteConnection(path: path, role: .checkpointer) }
    }

    func remove(_ path: String) { queue.async { [self] in connections.removeValue(forKey: path)?.close() } }

    private func checkpoint() {
        for connection in connections.values {
            connection.perform { try? $0.run("PRAGMA wal_checkpoint(PASSIVE)") }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                timer.cancel()
                for connection in connections.values { connection.close() }
                connections = [:]
                continuation.resume()
            }
        }
    }
}
