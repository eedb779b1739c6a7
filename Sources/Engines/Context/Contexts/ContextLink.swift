import HTTPTypes
import Storage
import Web

/// The `Link` header that names a context (ETSI GS CIM 009 clause 6.3.5, JSON-LD 1.1 §6.1).
enum ContextLink {
    static let relation = "http://www.w3.org/ns/json-ld#context"

    static func header(_ address: String) -> String {
        "<\(address)>; rel=\"\(relation)\"; type=\"application/ld+json\""
    }

    /// The address that a request's `Link` header names; nil if there is none of this relation. Refuses two of them, and
    /// an address that is not whole.
    static func address(_ call: Call) throws(Refusal) -> String? {
        guard let header = call.headers[.link] else { return nil }
        let addresses = links(header).filter { isContext($0.parameters) }.map(\.target)
        guard addresses.count < 2 else {
            throw fault("Name one context in the Link header; it may list others.")
        }
        guard let address = addresses.first else { return nil }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw fault("Give the whole http or https address of the context, between < and >.")
        }
        return address
    }

    private static func links(_ header: String) -> [(target: String, parameters: Substring)] {
        var links: [(target: String, parameters: Substring)] = []
        var rest = header[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let after = rest[rest.index(after: end)...]
            let next = after.firstRange(of: "<")?.lowerBound ?? after.endIndex
            links.append((String(rest[rest.index(after: start)..<end]), after[..<next]))
            rest = after[next...]
        }
        return links
    }

    private static func isContext(_ parameters: Substring) -> Bool {
        parameters.split(whereSeparator: { $0 == ";" || $0 == "," }).contains { parameter in
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "rel" else { return false }
            return pair[1].filter { $0 != "\"" && $0 != " " } == relation
        }
    }

    private static func fault(_ detail: String) -> Refusal {
        Refusal(.badRequest, "The Link header cannot be used. \(detail)", faults: [.init("Link", detail)])
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name("Link") ?? .location
}
