import Dispatch
import Storage

/// Tells other processes of commits, and hears of theirs, by LISTEN and NOTIFY on a connection of its own.
///
/// Notices are sent outside the transactions, at most one in 20 ms: a NOTIFY inside takes a lock that all commits share.
/// They only wake readers, so a lost one costs a second. `@unchecked Sendable`: all state is confined to `queue`.
final class CommitNotices: @unchecked Sendable {
    private let url: String
    private let channel: String
    private let queue = DispatchQueue(label: "higo.postgresql.notices", qos: .utility)
    private var connection: PostgreSQLConnection?
    private var source: (any DispatchSourceRead)?
    private var wakers: [@Sendable () -> Void] = []
    private var isNoticeDue = false
    private var isClosed = false

    init(url: String, schema: String) {
        self.url = url
        channel = SchemaSQL(.postgresql).quoted("higo_" + schema)
    }

    func listen(_ wake: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            wakers.append(wake)
            connect()
        }
    }

    /// Something was committed here.
    func commit() {
        queue.async { [self] in
            guard !wakers.isEmpty, !isNoticeDue, !isClosed else { return }
            isNoticeDue = true
            queue.asyncAfter(deadline: .now() + .milliseconds(20)) { [weak self] in self?.notify() }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                isClosed = true
                disconnect()
                wakers = []
                continuation.resume()
            }
        }
    }

    private func notify() {
        isNoticeDue = false
        connect()
        do throws(Refusal) { try connection?.run("NOTIFY \(channel)") } catch { reconnectLater() }
        // The notice to oneself has come with the answer, so no socket event follows.
        read()
    }

    private func connect() {
        guard connection == nil, !isClosed else { return }
        do throws(Refusal) {
            let connection = try PostgreSQLConnection(url: url, schema: "public")
            try connection.run("LISTEN \(channel)")
            let source = DispatchSource.makeReadSource(fileDescriptor: connection.socket, queue: queue)
            source.setEventHandler { [weak self] in self?.read() }
            source.activate()
            self.connection = connection
            self.source = source
        } catch { reconnectLater() }
    }

    private func read() {
        guard let connection else { return }
        switch connection.takeNotices() {
        case true: for wake in wakers { wake() }
        case false: break
        default: reconnectLater()
        }
    }

    private func reconnectLater() {
        disconnect()
        queue.asyncAfter(deadline: .now() + 1) { [weak self] in self?.connect() }
    }

    private func disconnect() {
        // The connection must outlive the source that watches its socket.
        if let source, let connection {
            source.setCancelHandler { withExtendedLifetime(connection) {} }
            source.cancel()
        }
        source = nil
        connection = nil
    }
}
