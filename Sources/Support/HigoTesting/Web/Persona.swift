import Storage
import Web

/// Somebody who sends requests in a test.
public struct Persona: Sendable {
    enum Way: Sendable { case none, key, session }

    public let actor: Actor
    let way: Way

    /// Nobody known.
    public static let anonymous = Persona(actor: .anonymous, way: .none)

    /// An officer of the prefecture with every permission, signed in.
    public static let administrator = Persona(
        actor: Actor(id: "officer:administrator", kind: .officer, tenant: .prefecture, isUnrestricted: true),
        way: .session)

    /// A signed-in officer.
    public static func officer(of tenant: TenantID = .prefecture, may permissions: Set<Permission> = []) -> Persona {
        Persona(
            actor: Actor(id: "officer:\(tenant.rawValue)", kind: .officer, tenant: tenant, permissions: permissions),
            way: .session)
    }

    /// A machine with an API key.
    public static func machine(of tenant: TenantID = .prefecture, may permissions: Set<Permission> = []) -> Persona {
        Persona(
            actor: Actor(id: "key:\(tenant.rawValue)", kind: .key, tenant: tenant, permissions: permissions), way: .key)
    }

    var token: String { "persona-" + actor.id.replacing(":", with: "-") }
    var session: SessionInfo {
        SessionInfo(
            accountID: actor.id, displayName: actor.id, tenant: actor.tenant ?? .prefecture,
            formToken: "form-\(token)")
    }
}
