import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct OpenAPITests {
    @Test func describesEveryRouteAndNothingElse() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let document = try await site.get("/openapi.json").json
            #expect(document["openapi"] == "3.1.0")
            var described: Set<String> = []
            for path in document["paths"]?.objectValue?.members ?? [] {
                for operation in path.value.objectValue?.members ?? [] {
                    described.insert("\(operation.name) \(path.name)")
                    #expect(operation.value["summary"]?.stringValue?.isEmpty == false)
                    #expect(operation.value["responses"]?["default"] != nil)
                }
            }
            let routes = site.site.table.routes
            let known = routes.map { "\($0.method.rawValue.lowercased()) \(OpenAPIDocument.path($0.template))" }
            #expect(described == Set(known))
            #expect(known.count == described.count)
        }
    }

    @Test func everyRouteAnswersAsItIsDescribed() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            for route in site.site.table.routes where route.method == .get && route.template != "/broken" {
                let target = route.template.replacing("...}", with: "}").replacing(#/\{[a-z]+\}/#, with: "x")
                let answer = try await site.get(target, as: .administrator)
                let declared = Set(route.operation.answers.keys).union([200, 404])
                #expect(declared.contains(answer.status), "\(route.template) answered \(answer.status)")
            }
        }
    }

    @Test func anOperationTellsItsParametersBodyAndRights() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let change = try await site.get("/openapi.json").json["paths"]?["/things/{id}"]?["patch"]
            #expect(
                change == [
                    "operationId": "patch_things_id", "summary": "Changes a thing.", "tags": ["things"],
                    "parameters": [
                        [
                            "name": "id", "in": "path", "description": "The thing's id.", "required": true,
                            "schema": ["type": "string"],
                        ]
                    ],
                    "requestBody": ["content": ["application/json": ["schema": [:]]], "required": true],
                    "responses": [
                        "204": ["description": "Changed."], "default": ["$ref": "#/components/responses/Problem"],
                    ],
                    "security": [["key": []], ["session": []]], "x-permission": "sample.thing.write",
                    "x-body-limit": 100,
                ])
        }
    }

    @Test func theSameRoutesMakeTheSameBytes() {
        let routes = [SiteModule.thing, SiteModule.list, SiteModule.change]
        let document = OpenAPIDocument(routes: routes, server: "/", version: "1")
        let turned = OpenAPIDocument(routes: routes.reversed(), server: "/", version: "1")
        #expect(document.json.bytes == turned.json.bytes)
    }
}
