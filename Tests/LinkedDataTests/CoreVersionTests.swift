import JSON
import LinkedData
import Testing

@Suite struct CoreVersionTests {
    @Test func knowsEveryAddress() {
        for version in CoreVersion.all {
            #expect(CoreVersion(address: version.address) == version)
            #expect(CoreVersion(address: "http" + version.address.dropFirst(5)) == version)
        }
        #expect(CoreVersion(address: CoreVersion.addressOfCurrent) == .current)
        #expect(CoreVersion.current.address == "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld")
        for other in [
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.10.jsonld", "https://uri.etsi.org/ngsi-ld/v1/",
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.08.jsonld", "https://x.org/", "",
            "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.x.jsonld",
        ] {
            #expect(CoreVersion(address: other) == nil)
        }
    }

    @Test func coreTermsMeanWhatAnnexBSays() {
        let core = LDContext.core
        let some: [String: TermDefinition] = [
            "id": TermDefinition(iri: "@id"), "type": TermDefinition(iri: "@type"),
            "value": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/hasValue"),
            "object": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/hasObject", coercion: .id),
            "vocab": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/hasVocab", coercion: .vocab),
            "json": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/hasJSON", coercion: .json),
            "languageMap": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/hasLanguageMap", container: .language),
            "coordinates": TermDefinition(iri: "https://purl.org/geojson/vocab#coordinates", container: .list),
            "features": TermDefinition(iri: "https://purl.org/geojson/vocab#features", container: .set),
            "observedAt": TermDefinition(
                iri: "https://uri.etsi.org/ngsi-ld/observedAt",
                coercion: .datatype("https://uri.etsi.org/ngsi-ld/DateTime")),
            "title": TermDefinition(iri: "http://purl.org/dc/terms/title"),
            "containedBy": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/isContainedBy"),
            "attributeCount": TermDefinition(iri: "https://uri.etsi.org/ngsi-ld/default-context/attributeCount"),
        ]
        for (term, definition) in some { #expect(core.definition(of: term) == definition, "\(term)") }
        #expect(core.terms.count == 203)
        #expect(core.vocabulary == "https://uri.etsi.org/ngsi-ld/default-context/")
    }

    @Test func laterVersionsKeepTheTermsOfEarlierOnes() {
        for (earlier, later) in zip(CoreVersion.all, CoreVersion.all.dropFirst()) where earlier.minor >= 3 {
            let kept = LDContext.core(later)
            for term in LDContext.core(earlier).terms {
                #expect(kept.definition(of: term) == LDContext.core(earlier).definition(of: term))
            }
            #expect(kept.terms.count > LDContext.core(earlier).terms.count)
        }
    }

    @Test func documentsReadBackAsTheirVersion() throws {
        for version in CoreVersion.all {
            let document = LDContext.coreDocument(version)
            let read = try LDContext(document["@context"] ?? .null)
            #expect(read.terms.count == LDContext.core(version).terms.count)
            for term in read.terms {
                var definition = read.definition(of: term)
                definition?.isProtected = false
                #expect(definition == LDContext.core(version).definition(of: term), "\(version) \(term)")
            }
        }
    }
}
