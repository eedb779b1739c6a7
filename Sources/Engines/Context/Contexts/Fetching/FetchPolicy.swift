import NIOCore
import NIOPosix
import Platform

/// Where contexts may be fetched from: public addresses, and what the settings allow besides. Otherwise anybody who may
/// ask could make this server talk to machines that only it reaches.
struct FetchPolicy: Sendable {
    struct Denied: Error { let reason: String }

    private let allowsAll: Bool
    private let names: Set<String>
    private let networks: [NetworkRange]

    init(_ settings: ContextSettings) {
        allowsAll = settings.privateAddresses.contains("*")
        names = Set(settings.privateAddresses.map { $0.lowercased() })
        let loopback = settings.allowsLoopback ? ["127.0.0.0/8", "::1"] : []
        networks = (settings.privateAddresses + loopback).compactMap(NetworkRange.init)
    }

    /// The address to connect to for a host. All of the host's addresses must be allowed, and the connection goes to one
    /// that was looked at, whatever the name means a moment later.
    func address(of host: String) async throws -> String {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let found = try await NIOThreadPool.singleton.runIfActive { IPAddress.all(of: bare) }
        guard let first = found.first?.text else { throw Denied(reason: "The host '\(host)' is not known.") }
        guard !allowsAll, !names.contains(host.lowercased()) else { return first }
        for address in found where address.isPrivate && !networks.contains(where: { $0.contains(address) }) {
            throw Denied(
                reason: "'\(host)' is not a public address; the setting contexts.private-addresses can allow it.")
        }
        return first
    }
}

extension IPAddress {
    /// As it is connected to.
    var text: String? { (try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0))?.ipAddress }
}
