import Storage
import Synchronization
import Web

/// Knows the personas that have sent something, and for the rest asks the platform, so that tests need no slow
/// password hashing and yet can sign in for real.
final class PersonaAuthenticator: RequestAuthenticator {
    private let personas = Mutex<[String: Persona]>([:])
    private let platform: any RequestAuthenticator

    init(platform: any RequestAuthenticator) { self.platform = platform }

    func learn(_ persona: Persona) { personas.withLock { $0[persona.token] = persona } }

    func actor(bearingKey key: String) async throws(Refusal) -> Actor? {
        if let persona = personas.withLock({ $0[key] }) { return persona.actor }
        return try await platform.actor(bearingKey: key)
    }

    func session(token: String) async throws(Refusal) -> KnownPerson? {
        if let persona = personas.withLock({ $0[token] }) {
            return KnownPerson(actor: persona.actor, session: persona.session)
        }
        return try await platform.session(token: token)
    }
}
