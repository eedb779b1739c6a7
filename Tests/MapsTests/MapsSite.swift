import Entities
import Foundation
import Geometry
import HTTPTypes
import HigoTesting
import JSON
import Maps
import Storage
import Web

/// The maps' routes over entities in memory, with the words of the repository, behind the whole of Web but sockets.
struct MapsSite {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        .path

    let site: Site
    let entities: FakeEntities
    let service: MapsService

    init(_ stored: [StoredEntity] = []) throws {
        entities = FakeEntities(stored)
        let folders = ["/Sources/Kernel/Web/Resources", "/Sources/Engines/Maps/Resources"].map { Self.root + $0 }
        service = MapsService(
            entities: entities, pages: try PageKit.load(folders: folders),
            grid: TileGrid(folder: Self.root + "/data/maps"))
        var table = RouteTable()
        service.addRoutes(to: &table)
        site = try Site(table: table, metrics: Metrics(clock: TestClock(Instant(seconds: 1_775_001_600))))
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async -> Answer {
        await site.answer(SiteRequest(.get, path, headers: headers))
    }

    func text(_ path: String, _ headers: HTTPFields = [.accept: "text/html"]) async -> String {
        String(decoding: Self.bytes(await get(path, headers)), as: UTF8.self)
    }

    func facts(_ path: String) async throws -> JSON {
        try JSON(parsing: Self.bytes(await get(path, [.accept: "application/json"])))
    }

    static func bytes(_ answer: Answer) -> [UInt8] {
        if case .bytes(let bytes) = answer.body { bytes } else { [] }
    }

    func call(_ language: Language = .ja) -> Call {
        Call(method: .get, path: "/", context: .test(actor: .anonymous), language: language)
    }
}
