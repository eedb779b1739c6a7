import Entities

/// How the identity of a v2 entity (id, type and service path) lies on the store, where an id is unique in its space.
///
/// The first entity of an id gets the *plain* stored id: the id itself if it is a URI, else `urn:ngsi-v2:ID`. Another
/// entity of the same id but another type or service path gets the *qualified* one, `urn:ngsi-v2:ID:TYPE:PATH`. Each part
/// is percent-encoded, colons too, so that the forms cannot be confused and all qualified ids of one v2 id lie together.
package enum V2ID {
    private static let prefix = FreeNames.idPrefix

    package static func plain(_ id: String) -> String {
        Names.isURI(id) && !id.hasPrefix(prefix) ? id : prefix + PercentText.encoded(id)
    }

    package static func qualified(_ id: String, type: String, path: String) -> String {
        qualifiedPrefix(id) + PercentText.encoded(type) + ":" + PercentText.encoded(path)
    }

    /// What all qualified stored ids of an id begin with.
    package static func qualifiedPrefix(_ id: String) -> String { prefix + PercentText.encoded(id) + ":" }

    /// What a v2 client sees of a stored id.
    package static func id(_ stored: String) -> String { FreeNames.id(stored) }
}
