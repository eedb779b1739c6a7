import HTTPTypes
import HigoTesting
import JSON
import Testing
import Web

@Suite struct CompressionTests {
    @Test(arguments: [
        ("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("br", "br"), ("gzip;q=0.5, br;q=0.9", "br"), ("*", "gzip"),
        ("gzip;q=0", nil), ("identity", nil), ("", nil),
    ])
    func longTextsAreCompressedAsTheClientLikes(accepted: String, coding: String?) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let whole = try await site.get("/things")
            let answer = try await site.get("/things", headers: [.acceptEncoding: accepted])
            #expect(answer["content-encoding"] == coding)
            #expect(answer["vary"] == "Accept-Encoding")
            #expect(answer["content-length"] == "\(answer.bytes.count)")
            #expect((answer.bytes.count < whole.bytes.count) == (coding != nil))
            if coding == "gzip" { #expect(Inflater.inflate(answer.bytes) == whole.bytes) }
        }
    }

    @Test func aCompressedAnswerHasATagOfItsOwnThatIsTakenBack() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/things", headers: [.acceptEncoding: "gzip"])
            let tag = try #require(answer["etag"])
            #expect(tag.hasSuffix("-gzip\""))
            #expect(try await site.get("/things", headers: [.acceptEncoding: "gzip", .ifNoneMatch: tag]).status == 304)
        }
    }

    @Test func shortTextsAreLeftAsTheyAre() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/things/1", headers: [.acceptEncoding: "gzip"])["content-encoding"] == nil)
        }
    }

    @Test func streamsAreCompressedOnTheirWay() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/stream", headers: [.acceptEncoding: "gzip"])
            #expect(answer["content-encoding"] == "gzip")
            #expect(Inflater.inflate(answer.bytes) == Array(String(repeating: "熊本市,八代市\n", count: 100).utf8))
        }
    }

    @Test func eventStreamsAndPicturesAreNotCompressed() {
        #expect(!ContentCoding.helps("text/event-stream"))
        #expect(!ContentCoding.helps("image/png"))
        #expect(ContentCoding.helps("application/ld+json; charset=utf-8"))
    }

    @Test func gzipIsTheSameFromAUsedDeflater() {
        let bytes = Array(String(repeating: "御船町、甲佐町。", count: 5_000).utf8)
        let first = Gzip.compress(bytes)
        #expect(Gzip.compress([]) != nil)
        #expect(Gzip.compress(bytes) == first)
        #expect(first.map(Inflater.inflate) == bytes)
    }
}
