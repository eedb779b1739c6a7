import NIOCore
import NIOPosix
import Platform

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where contexts may be fetched from: public addresses, and what the settings allow besides. Otherwise anybody who may
/// ask could make this server talk to machines that only it reaches.
struct FetchPolicy: Sendable {
    struct Denied: Error { let reason: String }

    private let allowsAll: Bool
    private let allowsLoopback: Bool
    private let names: Set<String>
    private let networks: [Network]

    init(_ settings: ContextSettings) {
        allowsAll = settings.privateAddresses.contains("*")
        allowsLoopback = settings.allowsLoopback
        names = Set(settings.privateAddresses.map { $0.lowercased() })
        networks = settings.privateAddresses.compactMap(Network.init)
    }

    /// The address to connect to for a host. All of the host's addresses must be allowed, and the connection goes to one
    /// that was looked at, whatever the name means a moment later.
    func address(of host: String) async throws -> String {
        let found = try await NIOThreadPool.singleton.runIfActive { Self.addresses(of: host) }
        guard let first = found.first else { throw Denied(reason: "The host '\(host)' is not known.") }
        guard !allowsAll, !names.contains(host.lowercased()) else { return first.text }
        for address in found where address.isPrivate && !isAllowed(address) {
            throw Denied(
                reason: "'\(host)' is not a public address; the setting contexts.private-addresses can allow it.")
        }
        return first.text
    }

    private func isAllowed(_ address: FetchAddress) -> Bool {
        allowsLoopback && address.isLoopback || networks.contains { $0.contains(address) }
    }

    /// All addresses of a name. Blocks.
    private static func addresses(of host: String) -> [FetchAddress] {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        var hints = addrinfo()
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(bare, nil, &hints, &first) == 0 || getaddrinfo(bare, nil, nil, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [FetchAddress] = []
        var next = first
        while let info = next {
            if let address = FetchAddress(info.pointee), !found.contains(address) { found.append(address) }
            next = info.pointee.ai_next
        }
        return found
    }
}

/// An IPv4 or IPv6 address.
struct FetchAddress: Sendable, Hashable {
    /// As it is connected to.
    let text: String
    /// 4 or 16; IPv4 in IPv6 (RFC 4291 §2.5.5.2, RFC 6052) is judged as what it stands for.
    let bytes: [UInt8]

    init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    fileprivate init?(_ info: addrinfo) {
        guard let pointer = info.ai_addr else { return nil }
        switch info.ai_family {
        case AF_INET:
            self.init(pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { SocketAddress($0.pointee) })
        case AF_INET6:
            self.init(pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { SocketAddress($0.pointee) })
        default: return nil
        }
    }

    private init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.text = text
        switch address {
        case .v4(let four): bytes = withUnsafeBytes(of: four.address.sin_addr) { Array($0) }
        case .v6(let six): bytes = Self.meant(withUnsafeBytes(of: six.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: return nil
        }
    }

    private static func meant(_ bytes: [UInt8]) -> [UInt8] {
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        let isTranslated = bytes[..<12].elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        return isMapped || isTranslated ? Array(bytes[12...]) : bytes
    }

    private static let reserved: [Network] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(Network.init)
    private static let loopback = ["127.0.0.0/8", "::1"].compactMap(Network.init)

    /// Whether it is not reached over the public internet: private, loopback, link-local, multicast (RFC 6890).
    var isPrivate: Bool { Self.reserved.contains { $0.contains(self) } }
    var isLoopback: Bool { Self.loopback.contains { $0.contains(self) } }
}

/// `10.0.0.0/8`, or one address.
private struct Network: Sendable, Hashable {
    let start: FetchAddress
    let bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = FetchAddress(String(parts[0])) else { return nil }
        let most = address.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else { return nil }
        start = address
        self.bits = bits
    }

    func contains(_ address: FetchAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        return zip(address.bytes, start.bytes).enumerated().allSatisfy { index, pair in
            let shared = min(max(bits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> shared)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
