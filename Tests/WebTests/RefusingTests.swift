import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct RefusingTests {
    @Test func unknownPathIsAProblem() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/nowhere", headers: [try #require(HTTPField.Name("X-Request-ID")): "r1"])
            #expect(answer.status == 404)
            #expect(answer["content-type"] == "application/problem+json")
            #expect(
                answer.json == [
                    "type": "/problems/not-found", "title": "There is nothing here", "status": 404,
                    "detail": "There is nothing at '/nowhere'. Check the address.", "instance": "/nowhere",
                    "requestId": "r1",
                ])
        }
    }

    @Test func otherMethodsAreRefusedWithAllow() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.send(.delete, "/things/1")
            #expect(answer.status == 405)
            #expect(answer["allow"] == "GET, HEAD, OPTIONS, PATCH")
            #expect(answer.problem == "method-not-allowed")
        }
    }

    @Test(arguments: [
        ("/things?limt=3", "There is no parameter 'limt' here. Did you mean 'limit'?"),
        ("/things?zzzzzzzz=3", "There is no parameter 'zzzzzzzz' here. It takes: limit, order, lang."),
        ("/things?limit=x", "'limit' must be a whole number."),
        ("/things?limit=0", "'limit' must be at least 1."),
        ("/things?limit=101", "'limit' must be at most 100."),
        ("/things?order=size", "'order' must be one of: name, time."),
        (
            "/things?limit=%4",
            "A '%' in the address or form is not followed by two hexadecimal digits; write '%25' for it."
        ),
        ("/things?limit=%FF", "A parameter is not UTF-8 after percent-decoding; encode it from UTF-8."),
        ("/things/%E7%86", "The path of the address is not UTF-8 after percent-decoding."),
        ("/things/a%00", "The path of the address contains a control character; remove it."),
        ("things", "The address of the request must begin with '/'."),
        ("/page?lang=fr", "'lang' must be one of: ja, ja-easy, en."),
        ("/page?theme=pink", "'theme' must be one of: system, light, dark."),
    ])
    func badAddressesAreRefusedClearly(target: String, detail: String) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get(target)
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.stringValue == detail)
        }
    }

    @Test func tooLongAddressesAreRefused() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let long = "/things/" + String(repeating: "a", count: 9_000)
            #expect(try await site.get(long).problem == "bad-request")
            #expect(try await site.send(.delete, long).problem == "method-not-allowed")
        }
    }

    @Test func tooLargeHeadersAreRefused() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/page", headers: [.userAgent: String(repeating: "a", count: 20_000)])
            #expect(answer.status == 431)
        }
    }

    @Test func bodiesMustBeTakenSmallAndOfTheRightType() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let writer = Persona.machine(may: ["sample.thing.write"])
            let match: HTTPFields = [.ifMatch: "\"7\""]
            func patch(_ text: String, _ type: String) async throws -> TestAnswer {
                try await site.send(
                    .patch, "/things/1", as: writer, headers: match + [.contentType: type], body: Array(text.utf8))
            }
            #expect(try await patch("{}", "application/json").status == 204)
            #expect(try await patch("{}", "application/json; charset=utf-8").status == 204)
            #expect(try await patch("{}", "text/plain").problem == "unsupported-media-type")
            #expect(try await patch("{", "application/json").problem == "bad-request")
            #expect(try await patch(String(repeating: " ", count: 101), "application/json").status == 413)
        }
    }

    @Test func permissionsAreAskedBeforeTheInputIsLookedAt() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let nobody = try await site.get("/secret?wrong=1")
            #expect(nobody.status == 401)
            #expect(nobody["www-authenticate"] == "Bearer realm=\"higo\"")
            let other = try await site.get("/secret?wrong=1", as: .officer(may: ["sample.thing.write"]))
            #expect(other.problem == "forbidden")
            let holder = try await site.get("/secret", as: .machine(of: "431001", may: ["sample.secret.read"]))
            #expect(holder.json == ["tenant": "431001"])
        }
    }

    @Test func unknownKeysAreRefusedAndEndedSessionsAreNobody() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/things/1", headers: [.authorization: "Bearer nonsense"]).status == 401)
            #expect(try await site.get("/things/1", headers: [.authorization: "Basic abc"]).status == 401)
            let answer = try await site.get("/things/1", headers: [.cookie: "a=b; higo-session=gone"])
            #expect(answer.json["actor"] == "anonymous")
        }
    }

    @Test func whatFailsInsideIsNotTold() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/broken")
            #expect(answer.status == 500)
            #expect(answer.problem == "storage")
            #expect(!answer.text.contains("Broken"))
        }
    }

    @Test func unacceptableTypesAreRefused() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            #expect(try await site.get("/things/1", accept: "text/html").status == 406)
            #expect(try await site.get("/things/1", accept: "text/html, */*;q=0.1").status == 200)
        }
    }

    @Test func aStandardDrawsItsOwnRefusals() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/standard?x=1")
            #expect(answer.status == 400)
            #expect(answer.json == ["error": "bad-request"])
        }
    }
}

private func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
    var fields = left
    fields.append(contentsOf: right)
    return fields
}
