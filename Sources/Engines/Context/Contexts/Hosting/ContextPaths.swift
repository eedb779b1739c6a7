/// Addresses of hosted contexts.
enum ContextPaths {
    static let root = "/ngsi-ld/v1/jsonldContexts"

    static func path(_ id: String) -> String { "\(root)/\(id)" }

    /// The id of a hosted context in an address of whatever host: ids are random, so that none of another broker's is one
    /// of ours, and behind a proxy nobody knows all the names of this one.
    static func id(in address: String) -> String? {
        guard let range = address.firstRange(of: root + "/") else { return nil }
        let id = address[range.upperBound...]
        return isID(id) ? String(id) : nil
    }

    static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
