/// A file that pages need, in memory: script, style, picture, font.
public struct Asset: Sendable {
    /// `maps/map.js`: its path under `Resources/Assets`.
    public let name: String
    public let mediaType: String
    public let bytes: [UInt8]
    /// 16 hexadecimal digits of its SHA-256.
    public let digest: String

    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        mediaType = Self.mediaType(of: name)
        digest = String(EntityTag(of: bytes).value.prefix(16))
    }

    /// `/assets/maps/map.0123456789abcdef.js`.
    public var path: String {
        guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return "/assets/\(name).\(digest)" }
        return "/assets/\(name[..<dot]).\(digest)\(name[dot...])"
    }

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "json": "application/json", "geojson": "application/geo+json", "png": "image/png", "jpg": "image/jpeg",
        "webp": "image/webp", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
        "map": "application/json", "webmanifest": "application/manifest+json",
    ]

    private static func mediaType(of name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return mediaTypes[ending] ?? "application/octet-stream"
    }
}
