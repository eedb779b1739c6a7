import Entities
import HTTPTypes
import Storage
import Web

/// One service path («Service path»): a scope of the entity; `/` is that of entities without one.
struct V2ServicePath: Sendable, Hashable {
    /// Begins with a slash and does not end with one, but for the root.
    var text: String
    /// Whether all paths below are meant too (`/#`).
    var isDeep: Bool

    static let everywhere = V2ServicePath(text: "/", isDeep: true)
    static let root = V2ServicePath(text: "/", isDeep: false)

    func matches(_ path: String) -> Bool {
        guard isDeep, path != text else { return path == text }
        return text == "/" || path.hasPrefix(text + "/")
    }

    /// The path of a stored entity: its first scope.
    static func path(of entity: StoredEntity) -> String { entity.scopes.first ?? "/" }

    static func scopes(_ path: String) -> [String] { path == "/" ? [] : [path] }

    /// Reads one path. Refuses with Orion's sentences.
    init(_ text: some StringProtocol) throws(Refusal) {
        guard text.hasPrefix("/") else {
            throw .badV2("Only /absolute/ Service Paths allowed [a service path must begin with /]")
        }
        var parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        isDeep = parts.last == "#"
        if isDeep { parts.removeLast() }
        while parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count <= 10 else { throw .badV2("too many components in ServicePath") }
        for part in parts {
            if part.isEmpty { throw .badV2("empty component in ServicePath") }
            if part.utf8.count > 50 { throw .badV2("component-name too long in ServicePath") }
            guard part.utf8.allSatisfy(Self.isAllowed) else {
                throw .badV2("a component of ServicePath contains an illegal character")
            }
        }
        self.text = "/" + parts.joined(separator: "/")
    }

    private init(text: String, isDeep: Bool) { (self.text, self.isDeep) = (text, isDeep) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }
}

extension [V2ServicePath] {
    func matches(_ entity: StoredEntity) -> Bool {
        let path = V2ServicePath.path(of: entity)
        return contains { $0.matches(path) }
    }

    /// As the store's scope query; nil where every entity matches.
    func scopeQuery() throws(Refusal) -> ScopeQuery? {
        if contains(.everywhere) { return nil }
        var parts: [ScopeQuery] = []
        for path in self {
            if path == .root {
                parts.append(.unscoped)
            } else {
                do { parts.append(try ScopeQuery(parsing: path.text + (path.isDeep ? "/#" : ""))) } catch {
                    throw .badV2("a component of ServicePath contains an illegal character")
                }
            }
        }
        return parts.count == 1 ? parts[0] : .any(parts)
    }
}
