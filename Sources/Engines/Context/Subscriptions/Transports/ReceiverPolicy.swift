import NIOCore
import NIOPosix
import Platform
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which receivers may be sent to: public addresses, and what the settings allow besides. Otherwise anybody who may
/// subscribe could make this server talk to machines that only it reaches.
final class ReceiverPolicy: Sendable {
    private let networks: [NetworkRange]
    private let names: Set<String>
    private let allowsAll: Bool
    /// Names that were looked up, with what is wrong with them, until when.
    private let known = Mutex<[String: (fault: String?, until: UInt64)]>([:])

    init(_ settings: NotificationSettings) {
        allowsAll = settings.privateAddresses.contains("*")
        var networks = settings.privateAddresses.compactMap(NetworkRange.init)
        if settings.allowsLoopback { networks += ["127.0.0.0/8", "::1"].compactMap(NetworkRange.init) }
        self.networks = networks
        names = Set(settings.privateAddresses.map { $0.lowercased() })
    }

    /// What is wrong with a host that is written as an address or is this machine; nil if that cannot be told without
    /// looking it up.
    func faultAtOnce(host: String) -> String? {
        if allowsAll || names.contains(host.lowercased()) { return nil }
        if let address = IPAddress(host) { return fault(address, host) }
        guard host.lowercased() == "localhost" || host.lowercased().hasSuffix(".localhost") else { return nil }
        return IPAddress("127.0.0.1").flatMap { fault($0, host) }
    }

    /// What is wrong with a host, all of its addresses looked at; nil: it may be sent to.
    func fault(host: String) async -> String? {
        if allowsAll || names.contains(host.lowercased()) { return nil }
        if IPAddress(host) != nil { return faultAtOnce(host: host) }
        let now = monotonicNanoseconds()
        if let known = known.withLock({ $0[host] }), known.until > now { return known.fault }
        let fault = await lookUp(host)
        known.withLock { known in
            if known.count > 4_096 { known.removeAll() }
            known[host] = (fault, now + 30_000_000_000)
        }
        return fault
    }

    private func lookUp(_ host: String) async -> String? {
        let addresses = try? await NIOThreadPool.singleton.runIfActive { IPAddress.all(of: host) }
        guard let addresses, !addresses.isEmpty else { return nil }
        return addresses.lazy.compactMap { self.fault($0, host) }.first
    }

    private func fault(_ address: IPAddress, _ host: String) -> String? {
        guard address.isPrivate, !networks.contains(where: { $0.contains(address) }) else { return nil }
        return "'\(host)' is not a public address; the setting notifications.private-addresses can allow it."
    }
}

/// An IPv4 or IPv6 address by its bytes.
struct IPAddress: Sendable, Hashable {
    /// 4 or 16.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        // IPv4 in IPv6 (RFC 4291 §2.5.5.2, RFC 6052) is judged as what it stands for.
        let isMapped =
            bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 255 }
        let isTranslated =
            bytes.count == 16 && bytes[..<12].elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        self.bytes = isMapped || isTranslated ? Array(bytes[12...]) : bytes
    }

    /// A text such as `10.0.0.1`, `::1` or `[::1]`; nil if it is a name.
    init?(_ text: String) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var four = in_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, bare, &six) == 1 else { return nil }
        self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
    }

    /// All addresses of a name. Blocks.
    static func all(of host: String) -> [IPAddress] {
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, nil, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let info = next {
            switch info.pointee.ai_family {
            case AF_INET:
                info.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                    addresses.append(IPAddress(bytes: withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) }))
                }
            case AF_INET6:
                info.pointee.ai_addr.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    addresses.append(IPAddress(bytes: withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) }))
                }
            default: break
            }
            next = info.pointee.ai_next
        }
        return addresses
    }

    private static let reserved: [NetworkRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(NetworkRange.init)

    /// Whether it is not reached over the public internet: private, loopback, link-local, multicast (RFC 6890).
    var isPrivate: Bool { Self.reserved.contains { $0.contains(self) } }
}

/// `10.0.0.0/8`, or one address.
struct NetworkRange: Sendable, Hashable {
    let start: IPAddress
    let bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        let most = address.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else { return nil }
        start = address
        self.bits = bits
    }

    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        return zip(address.bytes, start.bytes).enumerated().allSatisfy { index, pair in
            let shared = min(max(bits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> shared)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
