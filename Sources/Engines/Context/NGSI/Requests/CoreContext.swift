import LinkedData

/// NGSI-LD's own JSON-LD context (ETSI GS CIM 009 annex B), which stands over all others.
enum CoreContext {
    static let address = CoreVersion.current.address
}
