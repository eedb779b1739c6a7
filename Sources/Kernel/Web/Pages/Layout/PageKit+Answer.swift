import HTTPTypes
import JSON
import Storage

extension PageKit {
    /// The page as HTML, or its facts as JSON if the reader prefers `application/json`.
    public func answer(_ call: Call, _ page: Page, status: HTTPResponse.Status = .ok) -> Answer {
        let prefersJSON = Self.prefersJSON(call.headers[.accept])
        var answer =
            prefersJSON
            ? Answer.bytes(page.facts.bytes, type: "application/json", status: status)
            : Answer.bytes(Array(html(call, page).text.utf8), type: "text/html; charset=utf-8", status: status)
        answer.headers[.vary] = "Accept, Accept-Language, Cookie"
        if !prefersJSON { answer.headers[.contentLanguage] = words(for: call).languageTag }
        return answer
    }

    /// Whether `Accept` ranks `application/json` above `text/html` (RFC 9110 §12.5.1); without the header: no.
    public static func prefersJSON(_ accept: String?) -> Bool {
        guard let accept else { return false }
        return quality(of: "application/json", in: accept) > quality(of: "text/html", in: accept)
    }

    private static func quality(of mediaType: String, in accept: String) -> Double {
        let type = mediaType.prefix { $0 != "/" } + "/*"
        var best = (rank: -1, quality: 0.0)
        for range in accept.lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let rank = parts.first == mediaType ? 2 : parts.first == String(type) ? 1 : parts.first == "*/*" ? 0 : -1
            guard rank > best.rank else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            best = (rank, quality ?? 1)
        }
        return best.quality
    }
}
