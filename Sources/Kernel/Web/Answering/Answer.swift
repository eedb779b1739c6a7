import HTTPTypes
import JSON
import Storage

/// What a handler gives back.
public struct Answer: Sendable {
    public enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Written piece by piece; each `write` suspends while the client is slow.
        case stream(@Sendable (_ write: @Sendable ([UInt8]) async throws -> Void) async throws -> Void)
    }

    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: Body

    public init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func bytes(
        _ bytes: [UInt8], type mediaType: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Answer {
        var answer = Answer(status, headers: headers, body: .bytes(bytes))
        answer.headers[.contentType] = mediaType
        return answer
    }

    /// After a POST: 303 to a page.
    public static func seeOther(_ location: String) -> Answer {
        Answer(.seeOther, headers: [.location: location])
    }
}
