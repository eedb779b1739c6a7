import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct AnsweringTests {
    @Test func givesAThingWithItsHeaders() async throws {
        try await withTestSite([SiteModule.module]) { site in
            let answer = try await site.get("/things/a%2Fb%20%E7%86%8A?lang=en")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"id":"a/b 熊","actor":"anonymous"}"#)
            #expect(answer["content-type"] == "application/json")
            #expect(answer["content-length"] == "\(answer.bytes.count)")
            #expect(answer["etag"] == "\"7\"")
            #expect(answer["cache-control"] == "no-cache")
            #expect(answer["x-content-type-options"] == "nosniff")
            #expect(answer["x-request-id"]?.count == 15)
            #expect(answer["content-security-policy"] == nil)
        }
    }
}
