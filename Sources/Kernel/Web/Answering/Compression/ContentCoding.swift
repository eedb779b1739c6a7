/// A way to make answers smaller (RFC 9110 §8.4.1).
package enum ContentCoding: String, Sendable, CaseIterable {
    case brotli = "br"
    case gzip

    /// Added to the tag of a compressed answer, which is another representation.
    package var tagMark: String { "-\(rawValue)" }

    /// The best coding that the client takes, the earlier of equal ones; `nil`: send it as it is.
    package static func chosen(_ acceptEncoding: String?, of offered: [ContentCoding]) -> ContentCoding? {
        guard let acceptEncoding, !acceptEncoding.isEmpty else { return nil }
        let accept = Accept(acceptEncoding)
        var best: (coding: ContentCoding, quality: Double)?
        for coding in offered {
            let quality = accept.quality(ofToken: coding.rawValue)
            if quality > best?.quality ?? 0 { best = (coding, quality) }
        }
        return best?.coding
    }

    /// Whether compressing a type is worth the work: text, but not pictures, archives and event streams.
    package static func helps(_ mediaType: String) -> Bool {
        let essence = MediaType(mediaType).essence
        if essence.hasPrefix("text/") { return essence != "text/event-stream" }
        return essence.hasSuffix("+json") || essence.hasSuffix("+xml") || compressible.contains(essence)
    }

    private static let compressible: Set<String> = [
        "application/json", "application/javascript", "application/xml", "application/vnd.mapbox-vector-tile",
        "application/manifest+json", "application/yaml", "image/svg+xml",
    ]
}
