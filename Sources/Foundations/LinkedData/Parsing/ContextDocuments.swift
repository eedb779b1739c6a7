import JSON

/// Finds and loads the remote documents that a context is made of.
enum ContextDocuments {
    /// Every document that the context names, and those that they name.
    static func load(
        for context: JSON, base: String?, limits: ContextLimits, load: LDContext.Loader
    ) async throws(LDError) -> [String: JSON] {
        var documents: [String: JSON] = [:]
        var waiting = try addresses(in: context, base: base, limits: limits).map { (address: $0, level: 1) }
        while let (address, level) = waiting.popLast() {
            guard documents[address] == nil else { continue }
            guard level <= limits.depth else { throw .tooDeep(levels: limits.depth) }
            guard documents.count < limits.documents else {
                throw .tooLarge(reason: "It is made of more than \(limits.documents) documents.")
            }
            let document = try await load(address)
            documents[address] = document
            waiting += try addresses(in: document["@context"] ?? .null, base: address, limits: limits)
                .map { ($0, level + 1) }
        }
        return documents
    }

    /// The addresses that a context names itself. Core contexts are not among them.
    static func addresses(in context: JSON, base: String?, limits: ContextLimits) throws(LDError) -> [String] {
        var found: [String] = []
        try collect(context, base: base, levels: 2 * limits.depth, limits: limits, into: &found)
        return found
    }

    private static func collect(
        _ context: JSON, base: String?, levels: Int, limits: ContextLimits, into found: inout [String]
    ) throws(LDError) {
        guard levels > 0 else { throw .tooDeep(levels: limits.depth) }
        switch context {
        case .string(let reference): try add(reference, base: base, into: &found)
        case .object(let object):
            if case .string(let reference)? = object["@import"] { try add(reference, base: base, into: &found) }
        case .array(let parts):
            for part in parts { try collect(part, base: base, levels: levels - 1, limits: limits, into: &found) }
        default: break
        }
    }

    private static func add(_ reference: String, base: String?, into found: inout [String]) throws(LDError) {
        let address = try address(of: reference, base: base)
        if CoreVersion(address: address) == nil { found.append(address) }
    }

    /// The address that a reference in a context stands for.
    static func address(of reference: String, base: String?) throws(LDError) -> String {
        guard let address = IRI.resolve(reference, against: base) else {
            throw .invalid(reason: "“\(reference)” is no address of a context. Give a whole http or https address.")
        }
        return address
    }
}
