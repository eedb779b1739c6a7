import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct FormTests {
    @Test func aFormChangesSomethingAndLeadsToAPage() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.submit("/things", [("name", "a+b")], as: .officer())
            #expect(answer.status == 303)
            #expect(answer["location"] == "/things/a+b")
        }
    }

    @Test(
        arguments: [
            // Origin, Sec-Fetch-Site, token → status
            ("http://higo.test", nil, "form-persona-officer-430005", 303),
            (nil, "same-origin", "form-persona-officer-430005", 303),
            ("http://evil.test", nil, "form-persona-officer-430005", 403),
            ("null", nil, "form-persona-officer-430005", 403),
            (nil, "cross-site", "form-persona-officer-430005", 403), (nil, nil, "form-persona-officer-430005", 403),
            ("http://higo.test", nil, "wrong", 403), ("http://higo.test", nil, "", 403),
        ] as [(String?, String?, String, Int)])
    func formsOfOtherSitesAreRefused(origin: String?, fetchSite: String?, token: String, status: Int) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            headers[.origin] = origin
            if let fetchSite { headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = fetchSite }
            let answer = try await site.send(
                .post, "/things", as: .officer(), headers: headers, body: Array("name=x&form_token=\(token)".utf8))
            #expect(answer.status == status)
        }
    }

    @Test func nobodysFormsOnlyNeedToComeFromHere() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let type: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            var evil = type
            evil[.origin] = "http://evil.test"
            #expect(try await site.send(.post, "/things", headers: type, body: Array("name=x".utf8)).status == 303)
            #expect(try await site.send(.post, "/things", headers: evil, body: Array("name=x".utf8)).status == 403)
        }
    }

    @Test func signedInScriptsSendTheTokenAsAHeader() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let writer = Persona.officer(may: ["sample.thing.write"])
            let match: HTTPFields = [.ifMatch: "*"]
            #expect(try await site.send(.patch, "/things/1", json: [:], as: writer, headers: match).status == 204)
            let evil: HTTPFields = [.ifMatch: "*", .origin: "http://evil.test"]
            #expect(try await site.send(.patch, "/things/1", json: [:], as: writer, headers: evil).status == 403)
        }
    }

    @Test func filesComeWithTheirNamesAndBytes() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let file = Form.File(
                field: "file", name: "C:\\避難所.csv", mediaType: "text/csv", bytes: [0, 13, 10, 45, 45, 255])
            let answer = try await site.upload("/files", fields: [("町", "八代\r\n市")], files: [file], as: .administrator)
            #expect(
                answer.json == [
                    "fields": [["町", "八代\r\n市"], ["form_token", "form-persona-officer-administrator"]],
                    "files": [["file", "避難所.csv", "text/csv", 6]],
                ])
        }
    }

    @Test(arguments: [
        ("multipart/form-data", "--b\r\n", "The Content-Type of the form lacks a boundary of 1 to 70 characters."),
        (
            "multipart/form-data; boundary=b", "x",
            "The body does not begin with the boundary that its Content-Type names."
        ),
        (
            "multipart/form-data; boundary=b", "--b\r\nA: b\r\n",
            "The header of a part of the form does not end; it may take 8 KiB."
        ),
        (
            "multipart/form-data; boundary=b", "--bx\r\n\r\n",
            "A boundary in the form is not followed by the end of a line."
        ),
        (
            "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
            "The body ends before the last boundary; send it whole."
        ),
        (
            "multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--",
            "A part of the form has no name in its Content-Disposition."
        ),
    ])
    func brokenFormsAreRefused(type: String, body: String, detail: String) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.send(.post, "/files", headers: [.contentType: type], body: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.stringValue == detail)
        }
    }
}
