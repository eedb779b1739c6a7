import Foundation
import Testing

/// A client that sends exactly the bytes it is told, to see what the server makes of them.
final class RawClient: Sendable {
    private let socket: Int32

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes until the text is there or the server closes the connection.
    func read(until end: String? = nil) async -> String {
        // On a thread of its own: the tests' threads also run the server.
        await withCheckedContinuation { done in
            DispatchQueue.global().async { done.resume(returning: self.gather(until: end)) }
        }
    }

    private func gather(until end: String?) -> String {
        var gathered: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            gathered += buffer[..<count]
            if let end, String(decoding: gathered, as: UTF8.self).contains(end) { break }
        }
        return String(decoding: gathered, as: UTF8.self)
    }
}
