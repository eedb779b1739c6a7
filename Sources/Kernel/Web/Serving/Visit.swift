import HTTPTypes
import Storage

/// One request on its way through the site: what is known of it so far.
struct Visit {
    let request: SiteRequest
    let fields: RequestFields
    var call: Call
    var entry: RouteEntry?
    /// How a path's routes draw refusals, where the path is known but not the method.
    var drawsRefusals: (@Sendable (Problem) -> Answer)?
    var isKey = false

    /// Whether the client is a browser that would rather see a page than problem details.
    var wantsPage: Bool {
        guard let accept = fields.accept, accept.utf8.count > 3 else { return false }
        let wishes = Accept(accept)
        return wishes.quality(of: MediaType("text/html")) > wishes.quality(of: MediaType("application/problem+json"))
    }

    var isRead: Bool { request.method == .get || request.method == .head }
}
