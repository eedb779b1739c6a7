import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct ConditionalTests {
    @Test(arguments: [
        ("\"7\"", 304), ("W/\"7\"", 304), ("\"6\", \"7\"", 304), ("*", 304), ("\"7-gzip\"", 304), ("\"8\"", 200),
        ("7", 200),
    ])
    func knownVersionsAreNotSentAgain(header: String, status: Int) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/things/1", headers: [.ifNoneMatch: header])
            #expect(answer.status == status)
            #expect(answer.bytes.isEmpty == (status == 304))
            #expect(answer["etag"] == "\"7\"")
            #expect((answer["content-type"] == nil) == (status == 304))
        }
    }

    @Test(arguments: [
        (nil, 428), ("\"7\"", 204), ("*", 204), ("\"6\"", 412), ("W/\"7\"", 412), ("\"7-br\"", 204), ("7", 412),
    ])
    func updatesNameTheirVersion(header: String?, status: Int) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            var headers: HTTPFields = [:]
            headers[.ifMatch] = header
            let answer = try await site.send(
                .patch, "/things/1", json: [:], as: .machine(may: ["sample.thing.write"]), headers: headers)
            #expect(answer.status == status)
        }
    }

    @Test func queriesGetATagOfTheirBytes() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let tag = try #require(try await site.get("/things")["etag"])
            #expect(try await site.get("/things", headers: [.ifNoneMatch: tag]).status == 304)
            #expect(try await site.get("/things?limit=2", headers: [.ifNoneMatch: tag]).status == 200)
            #expect(try await site.get("/things", as: .officer())["etag"] == nil)
        }
    }
}
