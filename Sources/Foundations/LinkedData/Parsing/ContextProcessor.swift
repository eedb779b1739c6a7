import JSON

/// Reads contexts into definitions (context processing, JSON-LD API §5.1). All remote documents are at hand.
struct ContextProcessor {
    var active: LDContext.Definitions
    let documents: [String: JSON]
    let limits: ContextLimits
    private var termsRead = 0

    /// Where a context stands: what relative addresses are resolved against, and which documents led to it. Levels
    /// count documents and arrays.
    struct Place {
        var base: String?
        var chain: [String] = []
        var levels = 0

        /// The place of what stands in an array at this place.
        var inner: Place { Place(base: base, chain: chain, levels: levels + 1) }
    }

    init(active: LDContext.Definitions, documents: [String: JSON], limits: ContextLimits) {
        self.active = active
        self.documents = documents
        self.limits = limits
    }

    mutating func read(_ context: JSON, at place: Place) throws(LDError) {
        guard place.levels <= 2 * limits.depth else { throw .tooDeep(levels: limits.depth) }
        switch context {
        case .null: try reset()
        case .string(let reference): try readRemote(reference, at: place)
        case .array(let parts): for part in parts { try read(part, at: place.inner) }
        case .object(let object): try readLocal(object, at: place)
        default: throw .invalid(reason: "A context is an address, an object, null or an array of these.")
        }
    }

    private mutating func reset() throws(LDError) {
        if let name = active.terms.first(where: \.value.isProtected)?.key {
            throw .invalid(reason: "null cannot take back protected terms.", term: name.text)
        }
        active = LDContext.Definitions()
    }

    private mutating func readRemote(_ reference: String, at place: Place) throws(LDError) {
        let address = try ContextDocuments.address(of: reference, base: place.base)
        if let version = CoreVersion(address: address) { return active.take(LDContext.core(version).definitions) }
        guard !place.chain.contains(address) else { throw .loop(address: address) }
        guard place.chain.count < limits.depth else { throw .tooDeep(levels: limits.depth) }
        let context = try remoteContext(address)
        try count(1)
        let inner = Place(base: address, chain: place.chain + [address], levels: place.levels + 1)
        try read(context, at: inner)
    }

    /// The `@context` of a remote document.
    private func remoteContext(_ address: String) throws(LDError) -> JSON {
        guard let document = documents[address] else {
            throw .unavailable(address: address, reason: "It was not loaded.")
        }
        guard case .object(let object) = document, let context = object["@context"] else {
            throw .unavailable(address: address, reason: "The document has no @context at its top.")
        }
        return context
    }

    private mutating func readLocal(_ object: JSONObject, at place: Place) throws(LDError) {
        let object = try imported(into: object, at: place)
        try readSettings(of: object, isRemote: !place.chain.isEmpty)
        var local = LocalContext(object)
        for member in object where !LocalContext.settings.contains(member.name) {
            try count(1)
            try define(member.name, in: &local)
        }
    }

    /// The object with what its `@import` brings; its own members stand.
    private func imported(into object: JSONObject, at place: Place) throws(LDError) -> JSONObject {
        guard let value = object["@import"] else { return object }
        guard let reference = value.stringValue else { throw .invalid(reason: "@import is no string.") }
        let address = try ContextDocuments.address(of: reference, base: place.base)
        var source = CoreVersion(address: address).map { LDContext.coreDocument($0)["@context"] ?? .null }
        if source == nil { source = try remoteContext(address) }
        guard case .object(let base)? = source, !base.contains("@import") else {
            throw .invalid(reason: "@import can only bring one object that imports nothing, and \(address) is not.")
        }
        return base.merging(object)
    }

    /// Counts work, so that contexts that name each other many times over end.
    mutating func count(_ terms: Int) throws(LDError) {
        termsRead += terms
        guard termsRead <= limits.terms else {
            throw .tooLarge(reason: "It defines more than \(limits.terms) terms.")
        }
    }
}
