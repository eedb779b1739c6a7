import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct AnsweringTests {
    @Test func givesAThingWithItsHeaders() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
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

    @Test func takesTheRestOfAPath() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/rest/a/b/").json == ["path": "a/b/"])
            #expect(try await site.get("/rest/").status == 404)
        }
    }

    @Test func headIsGetWithoutItsBody() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let whole = try await site.get("/things/1")
            let head = try await site.send(.head, "/things/1")
            #expect(head.status == 200)
            #expect(head.bytes.isEmpty)
            #expect(head["content-length"] == whole["content-length"])
            #expect(head["etag"] == whole["etag"])
        }
    }

    @Test func optionsNamesTheMethods() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.send(.options, "/things/1")
            #expect(answer.status == 204)
            #expect(answer["allow"] == "GET, HEAD, OPTIONS, PATCH")
            #expect(answer["access-control-allow-origin"] == nil)
        }
    }

    @Test func scriptsOfOtherSitesMayReadOpenStandards() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/standard")["access-control-allow-origin"] == "*")
            #expect(try await site.get("/things/1")["access-control-allow-origin"] == nil)
            let asked = try await site.send(.options, "/standard", headers: [.origin: "https://elsewhere.example"])
            #expect(asked["access-control-allow-methods"] == "GET, HEAD, OPTIONS")
        }
    }

    @Test func sendsTheSlashAtTheEndAway() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/things/?limit=3")
            #expect(answer.status == 308)
            #expect(answer["location"] == "/things?limit=3")
            #expect(try await site.get("//elsewhere.example/").status == 404)
        }
    }

    @Test func keepsASaneRequestIDAndReplacesOthers() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let name = try #require(HTTPField.Name("X-Request-ID"))
            #expect(try await site.get("/things/1", headers: [name: "abc-1.2"])["x-request-id"] == "abc-1.2")
            let other = try await site.get("/things/1", headers: [name: "a b\"c"])["x-request-id"]
            #expect(other != "a b\"c")
        }
    }

    @Test func whatSignedInReadersGetIsNotKept() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/things/1", as: .officer())["cache-control"] == "no-store")
            #expect(try await site.get("/things/1", as: .machine())["cache-control"] == "no-store")
        }
    }

    @Test func streamsInPieces() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/stream")
            #expect(answer.text == String(repeating: "熊本市,八代市\n", count: 100))
            #expect(answer["content-length"] == nil)
        }
    }
}
