import HTTPTypes
import JSON
import Web

/// A whole answer, as a client would have it.
public struct TestAnswer: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let bytes: [UInt8]

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    public var mediaType: String { String((headers[.contentType] ?? "").prefix { $0 != ";" }) }

    /// The body as JSON; null if it is none.
    public var json: JSON { (try? JSON(parsing: bytes)) ?? .null }

    /// The last part of a problem's `type`, such as `not-found`; empty if the answer is no problem.
    public var problem: String {
        json["type"]?.stringValue?.split(separator: "/").last.map(String.init) ?? ""
    }

    /// A header by its name in any case.
    public subscript(name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    init(_ answer: Answer) async throws {
        status = answer.status.code
        headers = answer.headers
        switch answer.body {
        case .empty: bytes = []
        case .bytes(let whole): bytes = whole
        case .stream(let write):
            let gathered = Gathered()
            try await write { await gathered.add($0) }
            bytes = await gathered.bytes
        }
    }
}

private actor Gathered {
    var bytes: [UInt8] = []
    func add(_ piece: [UInt8]) { bytes += piece }
}
