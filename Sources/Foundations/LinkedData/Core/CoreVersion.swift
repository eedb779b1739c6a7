/// A version of NGSI-LD's core context (ETSI GS CIM 009 annex B), by the minor number of its address.
public struct CoreVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let minor: Int

    /// Nil beyond the versions that are built in, 1.0 to 1.9.
    public init?(minor: Int) {
        guard (0...9).contains(minor) else { return nil }
        self.minor = minor
    }

    private init(known minor: Int) { self.minor = minor }

    /// The version whose terms hold for every request, whichever one a client names (clause 4.4).
    public static let current = CoreVersion(known: 9)
    /// Every version, oldest first.
    public static let all = (0...9).map(CoreVersion.init(known:))

    public var description: String { "1.\(minor)" }

    /// Where the standard publishes this version.
    public var address: String { "\(Self.folder)\(Self.file)-v1.\(minor)\(Self.ending)" }

    /// The address without a version. It stands for ``current``.
    public static let addressOfCurrent = "\(folder)\(file)\(ending)"

    /// The version that an address names, with `https` or `http`; nil if it is no core context.
    public init?(address: String) {
        guard let rest = Self.rest(of: address) else { return nil }
        if rest.isEmpty {
            self = .current
        } else {
            guard rest.hasPrefix("-v1."), let minor = Int(rest.dropFirst(4)), rest == "-v1.\(minor)" else { return nil }
            self.init(minor: minor)
        }
    }

    public static func < (left: CoreVersion, right: CoreVersion) -> Bool { left.minor < right.minor }

    private static let folder = "https://uri.etsi.org/ngsi-ld/v1/"
    private static let file = "ngsi-ld-core-context"
    private static let ending = ".jsonld"

    private static func rest(of address: String) -> Substring? {
        let secure = folder + file
        let plain = "http" + secure.dropFirst(5)
        guard address.hasSuffix(ending) else { return nil }
        let stem = address.dropLast(ending.count)
        for prefix in [secure, plain] where stem.hasPrefix(prefix) { return stem.dropFirst(prefix.count) }
        return nil
    }
}
