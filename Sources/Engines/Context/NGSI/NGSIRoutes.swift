import Web

/// The resources of NGSI-LD (ETSI GS CIM 009 clause 6) but those of subscriptions, history and other brokers.
struct NGSIRoutes: Sendable {
    static let root = "/ngsi-ld/v1"
    static let entities = root + "/entities"

    let parts: NGSIParts

    func add(to table: inout RouteTable) {
        EntityRoutes(parts: parts).add(to: &table)
        BatchRoutes(parts: parts).add(to: &table)
        DiscoveryRoutes(parts: parts).add(to: &table)
        SourceIdentity(parts: parts).add(to: &table)
        LaterRoutes().add(to: &table)
    }
}
