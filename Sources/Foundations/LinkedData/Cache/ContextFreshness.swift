/// How long a fetched context may be used without asking again (RFC 9111), in seconds, and how to ask again.
public struct ContextFreshness: Sendable, Hashable {
    /// 0 if it must be asked for each time.
    public var lifetime: Int64
    /// The entity tag for `If-None-Match`.
    public var etag: String?
    /// The date for `If-Modified-Since`, as it came.
    public var lastModified: String?

    /// An hour, where the server says nothing.
    public static let heuristicLifetime: Int64 = 3_600
    /// A week, whatever the server says: contexts do change.
    public static let longestLifetime: Int64 = 7 * 86_400

    public init(
        lifetime: Int64 = ContextFreshness.heuristicLifetime, etag: String? = nil, lastModified: String? = nil
    ) {
        self.lifetime = min(max(lifetime, 0), Self.longestLifetime)
        self.etag = etag
        self.lastModified = lastModified
    }

    /// From the header fields of an answer: `Cache-Control` (`s-maxage` before `max-age`; `no-store` and `no-cache` are
    /// 0) less `Age`, else `Expires` less `Date`, else an hour.
    public init(field: (String) -> String?) {
        let directives = Self.directives(field("cache-control") ?? "")
        let age = field("age").flatMap { Int64($0) } ?? 0
        var lifetime = Self.heuristicLifetime
        if directives.keys.contains(where: { $0 == "no-store" || $0 == "no-cache" }) {
            lifetime = 0
        } else if let seconds = (directives["s-maxage"] ?? directives["max-age"]).flatMap({ Int64($0) }) {
            lifetime = seconds &- max(age, 0)
        } else if let expires = field("expires") {
            lifetime = Self.span(from: field("date"), to: expires)
        }
        self.init(lifetime: lifetime, etag: field("etag"), lastModified: field("last-modified"))
    }

    /// An `Expires` that is no date means that it has expired.
    private static func span(from date: String?, to expires: String) -> Int64 {
        guard let end = HTTPDate.seconds(expires), let start = date.flatMap(HTTPDate.seconds) else { return 0 }
        return end - start
    }

    /// Directives of `Cache-Control` in lower case with their values without quotes.
    private static func directives(_ field: String) -> [String: String] {
        var found: [String: String] = [:]
        for part in field.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard let name = pair.first?.filter({ $0 != " " && $0 != "\t" }).lowercased() else { continue }
            let value = pair.count > 1 ? pair[1].filter { $0 != "\"" && $0 != " " } : ""
            found[name] = found[name] ?? value
        }
        return found
    }
}
