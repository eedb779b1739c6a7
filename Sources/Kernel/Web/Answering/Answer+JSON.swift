import HTTPTypes
import JSON

extension Answer {
    public static func json(
        _ value: JSON, type mediaType: String = "application/json", status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Answer {
        .bytes(value.bytes, type: mediaType, status: status, headers: headers)
    }

    public static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Answer {
        .bytes(Array(html.text.utf8), type: "text/html; charset=utf-8", status: status)
    }

    public static func text(_ text: String, type mediaType: String = "text/plain; charset=utf-8") -> Answer {
        .bytes(Array(text.utf8), type: mediaType)
    }

    /// 204: done, and nothing to say.
    public static let noContent = Answer(.noContent)

    /// 308: the thing lives elsewhere for good; the method stays.
    public static func permanentRedirect(_ location: String) -> Answer {
        Answer(.permanentRedirect, headers: [.location: location])
    }
}
