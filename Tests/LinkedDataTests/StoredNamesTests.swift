import JSON
import LinkedData
import Testing

@Suite struct StoredNamesTests {
    static func names(_ context: JSON) throws -> StoredNames {
        StoredNames(context: try LDContext(context, startingWith: .core))
    }

    @Test func coreLetsNamesThrough() {
        let names = StoredNames.core
        #expect(names.isCore)
        for name in ["Room", "temperature", "location", "気温", "a/b"] {
            #expect(names.stored(name) == name)
            #expect(names.compact(name) == name)
        }
    }

    @Test func coreMakesItsOwnIRIsShort() {
        let names = StoredNames.core
        #expect(names.stored("https://uri.etsi.org/ngsi-ld/default-context/Room") == "Room")
        #expect(names.stored("https://uri.etsi.org/ngsi-ld/location") == "location")
        #expect(names.stored("ngsi-ld:location") == "location")
        #expect(names.stored("ngsi-ld:other") == "https://uri.etsi.org/ngsi-ld/other")
        #expect(names.stored("https://example.org/Room") == "https://example.org/Room")
        #expect(names.stored("urn:x:Room") == "urn:x:Room")
        #expect(names.stored("気温:最高") == "https://uri.etsi.org/ngsi-ld/default-context/気温:最高")
        let hidden = "https://uri.etsi.org/ngsi-ld/default-context/location"
        #expect(names.stored(hidden) == hidden)
        #expect(names.stored("") == nil)
        #expect(names.stored("@foo") == nil)
    }

    @Test func termsOfTheClientGoInAndOut() throws {
        let names = try Self.names(["Room": "https://example.org/Room", "ex": "https://example.org/"])
        #expect(!names.isCore)
        #expect(names.stored("Room") == "https://example.org/Room")
        #expect(names.stored("ex:Room") == "https://example.org/Room")
        #expect(names.compact("https://example.org/Room") == "Room")
        #expect(names.compact("https://example.org/Hall") == "https://example.org/Hall")
        #expect(names.compact("Room") == "https://uri.etsi.org/ngsi-ld/default-context/Room")
        #expect(names.stored("https://uri.etsi.org/ngsi-ld/default-context/Room") == "Room")
        #expect(names.compact("Hall") == "Hall")
    }

    @Test func coreStandsAgainstTheClient() throws {
        let names = try Self.names([
            "location": "https://example.org/place", "@vocab": "https://example.org/", "geojson": "https://x.org/",
        ])
        #expect(names.isCore)
        #expect(names.stored("location") == "location")
        #expect(names.stored("other") == "other")
        #expect(names.compact("https://example.org/place") == "https://example.org/place")
    }

    @Test func swappedNamesComeBack() throws {
        let vocabulary = "https://uri.etsi.org/ngsi-ld/default-context/"
        let names = try Self.names(["a": .string(vocabulary + "b"), "b": .string(vocabulary + "a")])
        #expect(names.stored("a") == "b")
        #expect(names.compact("b") == "a")
        #expect(names.compact("a") == "b")
    }

    @Test func shortestThenLeastTermWins() throws {
        let names = try Self.names([
            "beta": "https://x.org/y", "alpha": "https://x.org/y", "gamma": "https://x.org/y",
            "zeta": "https://x.org/y",
        ])
        #expect(names.compact("https://x.org/y") == "beta")
    }

    @Test func namesWithoutMeaningAreRefused() throws {
        let names = try Self.names(["gone": nil, "identifier": "@id"])
        #expect(names.stored("gone") == nil)
        #expect(names.stored("identifier") == nil)
        #expect(names.keyword("identifier") == "@id")
        #expect(names.keyword("id") == "@id")
        #expect(names.keyword("name") == nil)
        #expect(names.compact("gone") == "https://uri.etsi.org/ngsi-ld/default-context/gone")
    }

    @Test func oldCoreContextsKeepTheirWords() throws {
        let old = try Self.names("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.2.jsonld")
        #expect(old.stored("name") == "https://uri.etsi.org/ngsi-ld/name")
        #expect(old.stored("title") == "title")
        for minor in 3...9 {
            let address = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.\(minor).jsonld"
            #expect(try Self.names(.string(address)).isCore)
        }
    }
}
