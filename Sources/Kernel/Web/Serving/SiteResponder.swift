import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Storage

/// Between Hummingbird and the site: hands requests over and answers back.
struct SiteResponder: HTTPResponder {
    typealias Context = SiteRequestContext

    let site: Site

    func respond(to request: Request, context: Context) async throws -> Response {
        let channel = context.channel
        let answer = await site.answer(
            SiteRequest(
                request.method, request.head.path ?? "", authority: request.head.authority ?? "",
                headers: request.headers, body: Self.body(of: request), client: { channel.remoteAddress?.ipAddress }))
        return Response(status: answer.status, headers: answer.headers, body: Self.body(of: answer))
    }

    /// A request that announces no body has none, and needs no reading (RFC 9112 §6.3).
    private static func body(of request: Request) -> SiteRequest.Body {
        let length = request.headers[.contentLength]
        guard length != nil ? length != "0" : request.headers[.transferEncoding] != nil else { return .bytes([]) }
        let announced = length.flatMap { Int($0) } ?? 0
        return .incoming { limit in
            guard announced <= limit else { throw Refusal.bodyTooLarge(limit) }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(announced)
            for try await piece in request.body {
                guard bytes.count + piece.readableBytes <= limit else { throw Refusal.bodyTooLarge(limit) }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            return bytes
        }
    }

    private static func body(of answer: Answer) -> ResponseBody {
        switch answer.body {
        case .empty: return ResponseBody()
        case .bytes(let bytes): return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .stream(let write):
            return ResponseBody { writer in
                let sink = BodySink(writer)
                try await write { piece in try await sink.write(piece) }
                try await sink.finish()
            }
        }
    }
}

/// Hummingbird's writer, for closures that must be Sendable.
private final class BodySink: @unchecked Sendable {
    // A body writes one piece after another, and the writer under it sends pieces from any thread.
    private var writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    func write(_ bytes: [UInt8]) async throws { try await writer.write(ByteBuffer(bytes: bytes)) }

    func finish() async throws { try await writer.finish(nil) }
}

/// What Hummingbird keeps of a request besides the request.
struct SiteRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
