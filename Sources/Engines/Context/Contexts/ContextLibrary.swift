import JSON
import LinkedData
import Storage
import Synchronization
import Web

/// The contexts that this process knows: hosted ones from the database, remote ones from a cache, and the names made of
/// them. One for all copies of a reader.
final class ContextLibrary: Sendable {
    let hosted: HostedContexts
    let cached: CachedContexts
    let usage = ContextUsage()
    /// Names are made anew after this many seconds at the latest, so that what another node changed is seen.
    private static let longest: Int64 = 300

    private let names = StoredNamesCache()
    private let origin: String?

    init(_ ports: Ports) {
        hosted = HostedContexts(database: ports.databases.main)
        cached = CachedContexts(fetcher: ContextFetcher(ports.site.contexts), database: ports.databases.main)
        origin = ports.site.publicOrigin
    }

    /// - Parameter source: the value of an `@context` member, or an address.
    func context(_ source: JSON, space: String, _ context: OperationContext) async throws(Refusal) -> RequestContext {
        if Self.saysNothing(source) { return .core }
        let (now, key) = (context.now.seconds, space + " " + source.description)
        if let known = names.names(key, now: now) {
            noteUse(of: source, now: now)
            return RequestContext(names: known, source: source)
        }
        let made = try await make(source, space: space, context)
        names.keep(made.names, key, until: min(max(made.until, now + 1), now + Self.longest), now: now)
        noteUse(of: source, now: now)
        return RequestContext(names: made.names, source: source)
    }

    /// Counts a use of the contexts that a client named itself.
    private func noteUse(of source: JSON, now: Int64) {
        switch source {
        case .string(let address): usage.note(ContextPaths.id(in: address) ?? address, now: now)
        case .array(let parts): for part in parts { noteUse(of: part, now: now) }
        default: break
        }
    }

    /// Refuses a document whose context cannot be used.
    func check(_ document: JSON, space: String, _ context: OperationContext) async throws(Refusal) {
        _ = try await make(document["@context"] ?? .null, space: space, context)
    }

    /// A context of the core context's versions alone, of those that say what the one in force says.
    private static func saysNothing(_ source: JSON) -> Bool {
        switch source {
        case .string(let address): CoreVersion(address: address).map { $0.minor >= 3 } ?? false
        case .array(let parts): parts.allSatisfy(saysNothing)
        default: false
        }
    }

    private func make(
        _ source: JSON, space: String, _ context: OperationContext
    ) async throws(Refusal) -> (names: StoredNames, until: Int64) {
        let until = Mutex(Int64.max)
        do throws(LDError) {
            let read = try await LDContext(source, startingWith: .core) { address throws(LDError) in
                let (json, expiresAt) = try await self.document(address, space: space, context)
                until.withLock { $0 = min($0, expiresAt) }
                return json
            }
            return (StoredNames(context: read), until.withLock { $0 })
        } catch { throw error.refusal }
    }

    /// The document at an address, and until when it is good.
    private func document(
        _ address: String, space: String, _ context: OperationContext
    ) async throws(LDError) -> (JSON, Int64) {
        if let id = ContextPaths.id(in: address), let found = try await hostedDocument(id, address, space, context) {
            return (found, .max)
        }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw .invalid(reason: "“\(address)” is no http or https address.")
        }
        let known = try await cached.context(address, context)
        return (known.json, known.expiresAt)
    }

    /// Of the space, or of the one that all bodies share.
    private func hostedDocument(
        _ id: String, _ address: String, _ space: String, _ context: OperationContext
    ) async throws(LDError) -> JSON? {
        do throws(Refusal) {
            if let own = try await hosted.get(id, space: space, context) { return own.document }
            return try await hosted.get(id, space: NGSISpace.shared, context)?.document
        } catch { throw .unavailable(address: address, reason: error.detail) }
    }

    func host(_ source: JSON, space: String, _ context: OperationContext) async throws(Refusal) -> String {
        address(of: try await hosted.keepImplicit(source, space: space, context).id)
    }

    /// The address under which a hosted context is served.
    func address(of id: String) -> String { (origin ?? "") + ContextPaths.path(id) }

    /// Fetches a remote context anew.
    func reload(_ address: String, _ context: OperationContext) async throws(Refusal) {
        do throws(LDError) { try await cached.reload(address, context) } catch { throw error.refusal }
        names.removeAll()
    }

    /// Names that were made of contexts which are no longer there.
    func forgetNames() { names.removeAll() }
}

extension LDError {
    /// `LdContextNotAvailable` for what cannot be fetched, `BadRequestData` for what is wrong with it.
    var refusal: Refusal {
        isUnavailable
            ? Refusal(.unavailable, description, faults: [.init(NGSIError.contextPointer, description)])
            : Refusal(.badRequest, description, faults: [.init(NGSIError.contextPointer, description)])
    }
}

extension Instant {
    /// Whole seconds since 1970.
    var seconds: Int64 { microseconds / 1_000_000 }
}
