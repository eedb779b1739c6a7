import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Testing
import Web

@Suite struct AssetTests {
    static let script = String(repeating: "const town = '熊本';\n", count: 100)

    private func withAssets(_ body: (TestSite, AssetStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/maps", withIntermediateDirectories: true)
            try Data(Self.script.utf8).write(to: URL(fileURLWithPath: folder + "/maps/map.js"))
            try Data("<svg/>".utf8).write(to: URL(fileURLWithPath: folder + "/icon.svg"))
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/.hidden"))
            let assets = AssetStore(folders: [folder, folder + "/absent"])
            func change(_ parts: inout SiteParts) { parts.assets = assets }
            try await withTestSite(change: change) { try await body($0, assets) }
        }
    }

    @Test func aDigestInTheNameLastsAYear() async throws {
        try await withAssets { site, assets async throws in
            let path = assets.path("maps/map.js")
            #expect(path.hasPrefix("/assets/maps/map.") && path.hasSuffix(".js") && path.count == 36)
            #expect(site.ports.pages.assetPath("maps/map.js") == "/assets/maps/map.js")
            for persona in [Persona.anonymous, .officer()] {
                let answer = try await site.get(path, as: persona)
                #expect(answer.text == Self.script)
                #expect(answer["cache-control"] == "public, max-age=31536000, immutable")
                #expect(answer["content-type"] == "text/javascript; charset=utf-8")
            }
        }
    }

    @Test func thePlainNameIsAskedAfterEachTime() async throws {
        try await withAssets { site, _ async throws in
            let answer = try await site.get("/assets/maps/map.js")
            #expect(answer["cache-control"] == "no-cache")
            let tag = try #require(answer["etag"])
            #expect(try await site.get("/assets/maps/map.js", headers: [.ifNoneMatch: tag]).status == 304)
        }
    }

    @Test func assetsAreCompressedOnce() async throws {
        try await withAssets { site, assets async throws in
            assets.compressAll()
            let brotli = try await site.get(assets.path("maps/map.js"), headers: [.acceptEncoding: "gzip, br"])
            #expect(brotli["content-encoding"] == "br")
            let gzip = try await site.get(assets.path("maps/map.js"), headers: [.acceptEncoding: "gzip"])
            #expect(Inflater.inflate(gzip.bytes) == Array(Self.script.utf8))
            #expect(gzip["vary"] == "Accept-Encoding")
            #expect(gzip["etag"] != brotli["etag"])
        }
    }

    @Test func otherFilesAreNotThere() async throws {
        try await withAssets { site, _ async throws in
            for path in [
                "/assets/.hidden", "/assets/../Package.swift", "/assets/%2E%2E/x",
                "/assets/maps/map.0000000000000000.js",
            ] {
                #expect(try await site.get(path).status == 404)
            }
            #expect(try await site.get("/favicon.ico").status == 302)
        }
    }
}
