/// What differs between the databases, for the few places outside Storage that must know of it by name only.
public enum Dialect: String, Sendable, Hashable, Codable {
    case sqlite
    case postgresql
}
