import HTTPTypes
import Storage
import Web

/// What all requests of NGSIv2 have: service, service path and options.
struct V2Request: Sendable {
    let call: Call
    /// The space; without `Fiware-Service` the one shared by all bodies.
    let space: String
    let options: Set<String>

    /// Refuses an option that no request has.
    init(_ call: Call) throws(Refusal) {
        self.call = call
        space = try Self.space(call)
        var options: Set<String> = []
        for option in (call.query["options"] ?? "").split(separator: ",") {
            guard Self.known.contains(String(option)) else { throw .badV2("Invalid value for URI param /options/") }
            options.insert(String(option))
        }
        self.options = options
    }

    /// As with Orion, each request passes over those that it has no use for.
    private static let known: Set<String> = [
        "append", "count", "dateCreated", "dateModified", "flowControl", "forcedUpdate", "keyValues", "noAttrDetail",
        "normalized", "overrideMetadata", "skipForwarding", "skipInitialNotification", "unique", "upsert", "values",
    ]

    func has(_ option: String) -> Bool { options.contains(option) }

    var type: String? { call.query["type"].flatMap { $0.isEmpty ? nil : $0 } }

    /// Parts of a comma-separated parameter; none without it.
    func list(_ name: String) -> [String] {
        (call.query[name] ?? "").split(separator: ",").map { $0.trimmingPrefix { $0 == " " }.description }
    }

    private static func space(_ call: Call) throws(Refusal) -> String {
        let header = HTTPField.Name.fiwareService.flatMap { call.headers[$0] } ?? ""
        guard !header.isEmpty else { return "area" }
        guard header.utf8.count <= 50 else {
            throw .badV2("bad length - a tenant name can be max 50 characters long (length: \(header.utf8.count))")
        }
        for character in header.unicodeScalars where !isAllowed(character) {
            throw .badV2(
                "bad character in tenant name - only underscore and alphanumeric characters are allowed. "
                    + "Offending character: \(character)")
        }
        return header.lowercased()
    }

    private static func isAllowed(_ character: Unicode.Scalar) -> Bool {
        character.isASCII && (character.properties.isAlphabetic || ("0"..."9").contains(character) || character == "_")
    }

    /// The paths that a query reads: everywhere without the header.
    func readPaths() throws(Refusal) -> [V2ServicePath] {
        let header = HTTPField.Name.fiwareServicePath.flatMap { call.headers[$0] } ?? ""
        guard !header.isEmpty else { return [.everywhere] }
        let texts = header.split(separator: ",", omittingEmptySubsequences: false)
        guard texts.count <= 10 else {
            throw .badV2("too many service paths - a maximum of ten service paths is allowed")
        }
        var paths: [V2ServicePath] = []
        for text in texts { paths.append(try V2ServicePath(text.trimmingPrefix { $0 == " " })) }
        return paths
    }

    /// The path that a write goes to: the root without the header.
    func writePath() throws(Refusal) -> V2ServicePath {
        let header = HTTPField.Name.fiwareServicePath.flatMap { call.headers[$0] } ?? ""
        guard !header.isEmpty else { return .root }
        guard !header.contains(",") else { throw .badV2("more than one service path in context update request") }
        let path = try V2ServicePath(header)
        guard !path.isDeep else { throw .badV2("a component of ServicePath contains an illegal character") }
        return path
    }

    /// Limit and offset («Pagination»).
    func paging() throws(Refusal) -> (limit: Int, offset: Int) {
        let limit = try number("limit") ?? 20
        if limit == 0 { throw .badV2("Bad pagination limit: /0/ [a value of ZERO is unacceptable]") }
        if limit > 1_000 { throw .badV2("Bad pagination limit: /\(limit)/ [max: 1000]") }
        return (limit, try number("offset") ?? 0)
    }

    private func number(_ name: String) throws(Refusal) -> Int? {
        guard let text = call.query[name] else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text) else {
            throw .badV2("Bad pagination \(name): /\(text.prefix(50))/ [must be a decimal number]")
        }
        return value
    }
}
