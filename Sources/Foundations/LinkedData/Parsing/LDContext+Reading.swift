import JSON

extension LDContext {
    /// Answers with the document at an address, or refuses with ``LDError/unavailable(address:reason:)``.
    public typealias Loader = @Sendable (_ address: String) async throws(LDError) -> JSON

    /// Reads the value of an `@context` member: a string, an object, null or an array of these (JSON-LD API §5.1).
    ///
    /// - Parameters:
    ///   - json: the value. Core contexts are built in and never loaded.
    ///   - base: the address of the document that holds it, against which relative addresses are resolved.
    ///   - start: what is known before. NGSI-LD starts with ``core``, so that its terms can be used in definitions.
    ///   - load: gives remote contexts. It is asked once for each address.
    public init(
        _ json: JSON, base: String? = nil, startingWith start: LDContext = .empty, limits: ContextLimits = .standard,
        load: Loader
    ) async throws(LDError) {
        let documents = try await ContextDocuments.load(for: json, base: base, limits: limits, load: load)
        try self.init(json, base: base, startingWith: start, limits: limits, documents: documents)
    }

    /// Reads the value of an `@context` member with the remote documents at hand, by address.
    public init(
        _ json: JSON, base: String? = nil, startingWith start: LDContext = .empty, limits: ContextLimits = .standard,
        documents: [String: JSON] = [:]
    ) throws(LDError) {
        var processor = ContextProcessor(active: start.definitions, documents: documents, limits: limits)
        try processor.read(json, at: .init(base: base))
        self.init(processor.active)
    }
}
