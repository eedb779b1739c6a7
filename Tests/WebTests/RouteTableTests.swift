import HTTPTypes
import JSON
import Platform
import Storage
import Testing
import Web

@Suite struct RouteTableTests {
    private func route(_ template: String, _ names: [String] = []) -> Route {
        Route(
            .get, template, access: .open,
            operation: Operation(
                "A route.", tag: "test", parameters: names.map { Parameter($0, in: .path, "A part.", required: true) })
        ) { _ in .noContent }
    }

    @Test func refusesTemplatesThatDoNotDeclareTheirParameters() {
        #expect(throws: RouteTableError.undeclaredParameter("GET /a/{b}", "b")) { try RouteMatcher([route("/a/{b}")]) }
        #expect(throws: RouteTableError.unknownParameter("GET /a", "b")) { try RouteMatcher([route("/a", ["b"])]) }
        #expect(throws: RouteTableError.repeatedParameter("GET /{a}/{a}")) {
            try RouteMatcher([route("/{a}/{a}", ["a"])])
        }
    }

    @Test(arguments: ["", "a", "/a/", "/a//b", "/{a...}/b", "/a{b}", "/{}", "/{a b}"])
    func refusesWhatIsNoTemplate(template: String) {
        #expect(throws: RouteTableError.template(template)) { try RouteMatcher([route(template)]) }
    }

    @Test func refusesTheSameRouteTwice() {
        #expect(throws: RouteTableError.twice("GET /a/{c}")) {
            try RouteMatcher([route("/a/{b}", ["b"]), route("/a/{c}", ["c"])])
        }
    }

    @Test(
        arguments: [
            ("/", "/"), ("/a", "/a"), ("/a/b", "/a/{x}"), ("/a/list", "/a/list"), ("/a/list/c", "/a/{x}/c"),
            ("/a/x/y/z", "/a/{rest...}"), ("/a/%6Cist", "/a/list"), ("/b", nil), ("/a/", nil),
        ] as [(String, String?)])
    func prefersTheMoreExactRoute(target: String, template: String?) throws {
        let matcher = try RouteMatcher([
            route("/"), route("/a"), route("/a/{rest...}", ["rest"]), route("/a/{x}", ["x"]), route("/a/list"),
            route("/a/{x}/c", ["x"]),
        ])
        let match = matcher.match(try RequestTarget(target))
        #expect(match?.place.entry(for: .get)?.route.template == template)
    }

    @Test func everyRouteStatesItsPermissionAndOperation() throws {
        for entry in try RouteMatcher(SiteModule.routes).places.flatMap(\.entries) {
            #expect(!entry.route.operation.summary.isEmpty)
            #expect(!entry.route.operation.tag.isEmpty)
        }
    }

    @Test(
        arguments: [("limt", "limit"), ("LIMIT", "limit"), ("of", "q"), ("offst", "offset"), ("unrelated", nil)]
            as [(String, String?)])
    func findsTheNameThatWasMeant(written: String, meant: String?) {
        let near = NearestName.of(written, in: ["limit", "offset", "q"])
        #expect(near == meant)
    }
}
