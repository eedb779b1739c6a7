import HTTPTypes
import JSON
import Storage

/// `/assets/…`: with the digest in the name for a year, without it looked at each time.
struct AssetRoutes: Sendable {
    let assets: AssetStore

    func add(to table: inout RouteTable) {
        table.add(
            Route(
                .get, "/assets/{name...}", access: .open,
                operation: Operation(
                    "A script, style, picture or font of the pages.", tag: "site",
                    parameters: [
                        Parameter("name", in: .path, "Name of the file, with or without its digest.", required: true)
                    ],
                    answers: [200: "The file.", 404: "There is no such file."], produces: ["*/*"])
            ) { call in try answer(call) })
        table.add(
            Route(
                .get, "/favicon.ico", access: .open,
                operation: Operation(
                    "The site's icon.", tag: "site", answers: [302: "Where the icon is.", 404: "There is none."],
                    produces: ["*/*"])
            ) { _ in
                guard assets["icon.svg"] != nil else { throw Refusal(.notFound, "There is no icon.") }
                return Answer(.found, headers: [.location: assets.path("icon.svg")])
            })
    }

    private func answer(_ call: Call) throws(Refusal) -> Answer {
        guard let (asset, isExact) = assets.find(call.path) else {
            throw Refusal(.notFound, "There is no asset '\(call.parameter("name").prefix(200))'.")
        }
        let coding = ContentCoding.chosen(call.headers[.acceptEncoding], of: [.brotli, .gzip])
        let compressed = coding.flatMap { assets.compressed(asset, $0) }
        var answer = Answer.bytes(compressed ?? asset.bytes, type: asset.mediaType)
        answer.headers[.cacheControl] = isExact ? "public, max-age=31536000, immutable" : "no-cache"
        answer.headers[.vary] = "Accept-Encoding"
        if compressed != nil, let coding { answer.headers[.contentEncoding] = coding.rawValue }
        let mark = compressed == nil ? "" : coding?.tagMark ?? ""
        answer.headers[.eTag] = EntityTag(asset.digest + mark).description
        return answer
    }
}
