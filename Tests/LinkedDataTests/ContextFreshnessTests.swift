import LinkedData
import Testing

@Suite struct ContextFreshnessTests {
    @Test(
        arguments: [
            ([:], 3_600), (["cache-control": "max-age=300"], 300), (["cache-control": "public, Max-Age = \"60\""], 60),
            (["cache-control": "s-maxage=10, max-age=300"], 10), (["cache-control": "max-age=300", "age": "100"], 200),
            (["cache-control": "max-age=300", "age": "900"], 0), (["cache-control": "no-store"], 0),
            (["cache-control": "no-cache, max-age=5"], 0), (["cache-control": "max-age=99999999999"], 604_800),
            (["cache-control": "max-age=x"], 3_600),
            (["expires": "Sun, 06 Nov 1994 09:49:37 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"], 3_600),
            (["expires": "Thu, 29 Feb 2024 00:00:00 GMT", "date": "Wed, 28 Feb 2024 00:00:00 GMT"], 86_400),
            (["expires": "Fri, 01 Mar 2024 00:00:00 GMT", "date": "Wed, 28 Feb 2024 00:00:00 GMT"], 172_800),
            (["expires": "0"], 0), (["cache-control": "", "expires": "-1"], 0),
        ] as [([String: String], Int64)])
    func lifetimesFollowTheHeader(_ fields: [String: String], _ lifetime: Int64) {
        #expect(ContextFreshness { fields[$0] }.lifetime == lifetime)
    }

    @Test func validatorsAreKept() {
        let fields = ["etag": "W/\"a\"", "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT"]
        let freshness = ContextFreshness { fields[$0] }
        #expect(freshness.etag == "W/\"a\"" && freshness.lastModified == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}

@Suite struct ContextMappingTests {
    @Test func theLongestPrefixWins() throws {
        let mapping = try ContextMapping(
            parsing: """
                # copies of a closed network
                https://x.org/ /srv/contexts/x
                https://x.org/deep/ http://mirror.lan/x/   # a mirror

                https://y.org /srv/y/
                """)
        #expect(mapping.rules.count == 3)
        #expect(mapping.place(of: "https://x.org/a/b.jsonld") == .file("/srv/contexts/x/a/b.jsonld"))
        #expect(mapping.place(of: "https://x.org/deep/b.jsonld?v=1") == .address("http://mirror.lan/x/b.jsonld?v=1"))
        #expect(mapping.place(of: "https://y.org/a%20b.jsonld#x") == .file("/srv/y/a b.jsonld"))
        #expect(mapping.place(of: "https://z.org/a") == .address("https://z.org/a"))
    }

    @Test func filesStayInTheirFolder() throws {
        let mapping = ContextMapping([.init(prefix: "https://x.org/", target: .folder("/srv"))])
        for rest in ["../etc/passwd", "a/../../b", "%2e%2e/b", "a%2F..%2F..%2Fb", "a%00b", "", "./"] {
            #expect(mapping.place(of: "https://x.org/\(rest)") == nil, "\(rest)")
        }
    }

    @Test(arguments: ["x.org /srv", "https://x.org/", "https://x.org/ srv", "ftp://x.org/ /srv"])
    func refusesRules(_ text: String) {
        #expect(throws: LDError.self) { try ContextMapping(parsing: text) }
    }
}
