import Hummingbird
import NIOCore

/// A server that answers every request with the same bytes: what Higo's requests are measured against.
@main
struct Bare {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let port = arguments.count > 1 ? Int(arguments[1]) ?? 18_090 : 18_090
        let bytes = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1_000)
        let router = Router()
        router.get("/") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
