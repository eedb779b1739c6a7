import Storage
import Web

/// Whether linked entities come along (`join`, ETSI GS CIM 009 clause 4.5.23).
struct Join: Sendable, Hashable {
    enum Kind: String, Sendable { case inline, flat }

    static let deepest = 10

    var kind: Kind
    /// How many links are followed from each entity.
    var level: Int
    /// Ids that are not to be shown again.
    var containedBy: Set<String>

    /// Nil if the request asks for none.
    init?(_ call: Call) throws(Refusal) {
        let level = try call.integer("joinLevel")
        let contained = try call.list("containedBy")
        guard let text = call.query["join"], text != "@none" else {
            guard level == nil, contained.isEmpty else {
                throw Refusal(
                    .badRequest, "joinLevel and containedBy go with join.",
                    faults: [.init("join", "Give inline or flat.")])
            }
            return nil
        }
        guard let kind = Kind(rawValue: text) else {
            throw Refusal(
                .badRequest, "'join' is inline, flat or @none.", faults: [.init("join", String(text.prefix(50)))])
        }
        guard (1...Self.deepest).contains(level ?? 1) else {
            throw Refusal(
                .badRequest, "'joinLevel' is a number from 1 to \(Self.deepest).",
                faults: [.init("joinLevel", "1 to \(Self.deepest).")])
        }
        self.kind = kind
        self.level = level ?? 1
        containedBy = Set(contained)
    }
}
