import Entities
import Foundation
import HTTPTypes
import JSON
import Storage
import Web

/// Who this broker is (ETSI GS CIM 009 clause 5.15.1), so that others can tell whether they talk to it by two ways.
struct SourceIdentity: Sendable {
    let parts: NGSIParts
    /// Random, and so different for each start of each process.
    private let alias = UUID().uuidString.lowercased()
    private let startedAt = monotonicNanoseconds()

    init(parts: NGSIParts) { self.parts = parts }

    func add(to table: inout RouteTable) {
        table.add(
            .ngsi(
                .get, NGSIRoutes.root + "/info/sourceIdentity", .open, "Who this broker is.",
                answers: [200: "Its identity."], identity))
    }

    private func identity(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        try await space.requireExisting(call, parts.store)
        let seconds = (monotonicNanoseconds() - startedAt) / 1_000_000_000
        let json: JSON = [
            "id": .string("urn:ngsi-ld:ContextSourceIdentity:\(alias)"), "type": "ContextSourceIdentity",
            "contextSourceAlias": .string(alias), "contextSourceUptime": .string("PT\(seconds)S"),
            "contextSourceTimeAt": .string(DateTime.text(call.context.now)),
        ]
        guard call.preferred(of: ["application/json", "application/ld+json"]) == "application/ld+json" else {
            return space.mark(.json(json, headers: [.link: RequestContext.core.linkHeader]))
        }
        return space.mark(.json(RequestContext.core.adding(to: json), type: "application/ld+json"))
    }
}
