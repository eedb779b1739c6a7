import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

typealias HTTPFieldName = HTTPField.Name

struct EntityListTests {
    private static let root = "/ngsi-ld/v1/entities"

    @Test(arguments: TestDatabase.kinds) func answersQueries(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            try await site.load((1...9).map { shelter($0) })
            let cases: [(String, [Int])] = [
                ("type=EvacuationShelter", Array(1...9)), ("type=Other", []),
                ("type=Other,EvacuationShelter&limit=2", [1, 2]),
                ("q=capacity%3E700", [8, 9]), ("type=EvacuationShelter&q=capacity==100%7Ccapacity==300", [1, 3]),
                ("id=urn:ngsi-ld:EvacuationShelter:431001:4,urn:x:y", [4]), ("attrs=capacity&limit=1&offset=3", [4]),
                ("bbox=130.715,32.7,130.735,32.9", [2, 3]),
                ("georel=near;maxDistance==1000&geometry=Point&coordinates=%5B130.75,32.8%5D", [4, 5, 6]),
                (
                    "georel=within&geometry=Polygon&coordinates=[[[130.7,32.7],[130.725,32.7],[130.725,32.9],[130.7,32.9],[130.7,32.7]]]",
                    [1, 2]
                ),
            ]
            for (query, numbers) in cases {
                let answer = try await site.get("\(Self.root)?\(query)&count=true")
                #expect(answer.status == 200, "\(query) \(answer.text)")
                let found = answer.json.arrayValue?.compactMap {
                    $0["id"]?.stringValue?.split(separator: ":").last.flatMap { Int($0) }
                }
                #expect(found == numbers, "\(query)")
            }
            let counted = try await site.get("\(Self.root)?type=EvacuationShelter&limit=0&count=true")
            #expect(counted["NGSILD-Results-Count"] == "9")
            #expect(counted.json == [])
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesWhatItCannotRead(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let cases = [
                "", "type=A&limit=-1", "type=A&limit=0", "type=A&limit=5000", "type=A&offset=-1", "type=A&unknown=1",
                "q=a==b",
                "georel=near", "georel=near&geometry=Point&coordinates=[1,2]", "bbox=1,2,3", "bbox=9,9,1,1",
                "type=A,,B",
                "georel=near;maxDistance==x&geometry=Point&coordinates=[1,2]", "type=A&options=huge", "q=a~=(",
                "q=a%3E",
                "georel=within&geometry=Point&coordinates=[900,2]", "type=A&count=maybe",
                "georel=within;x&geometry=Point&coordinates=[1,2]",
            ]
            for query in cases {
                let answer = try await site.get("\(Self.root)?\(query)")
                #expect(answer.status == 400, "\(query)")
                #expect(answer.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/BadRequestData", "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func pagesNeitherDropNorRepeatWhileEntitiesCome(
        kind: TestDatabase.Kind
    ) async throws {
        try await withContextSite(kind) { site in
            try await site.load((1...9).map { shelter($0 + 100) })
            var next: String? = "\(Self.root)?type=EvacuationShelter&limit=4&count=true"
            var seen: [String] = []
            var early = [1, 10, 100]
            while let path = next {
                let answer = try await site.get(path)
                seen += answer.json.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                #expect(answer["NGSILD-Results-Count"] != nil)
                let link = answer["link"]?.components(separatedBy: ", ").first { $0.contains("rel=\"next\"") }
                next = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
                // One that sorts before all that was read.
                try await site.load(early.popLast().map { [shelter($0)] } ?? [])
            }
            #expect(seen.count == 9)
            #expect(Set(seen).count == 9)
        }
    }
}
