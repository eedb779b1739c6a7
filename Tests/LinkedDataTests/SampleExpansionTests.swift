import Foundation
import JSON
import LinkedData
import Testing

/// Real entities and contexts of Smart Data Models, where the folder of real data is at hand.
@Suite(.enabled(if: Samples.isThere)) struct SampleExpansionTests {
    @Test func expandsSamplesAsTheirContextsSay() async throws {
        var count = 0
        for file in try Samples.files({ $0.hasSuffix(".jsonld") && !Samples.isContext($0) }) {
            guard let entity = try? Samples.json(file), let context = entity["@context"]?.withoutStrays else {
                continue
            }
            let names = StoredNames(
                context: try await LDContext(context, startingWith: .core) { address throws(LDError) in
                    try Samples.document(address)
                })
            let stated = try PlainReading(context)
            for name in entity.objectValue?.names ?? [] where !["id", "type", "@context"].contains(name) {
                let iri = names.stored(name).map(StoredNames.iri(of:))
                #expect(iri == stated.iri(of: name), "\(file.lastPathComponent) \(name)")
                #expect(names.stored(name).map(names.compact).flatMap(names.stored) == names.stored(name))
                count += 1
            }
            if let type = entity["type"]?.stringValue {
                #expect(names.stored(type).map(StoredNames.iri(of:)) == stated.iri(of: type))
            }
        }
        #expect(count > 1_000)
    }

    @Test func termsOfRealContextsComeBack() throws {
        for file in try Samples.files(Samples.isContext) {
            let context = try LDContext(try Samples.json(file)["@context"] ?? .null, startingWith: .core)
            let names = StoredNames(context: context)
            for term in context.terms {
                guard let stored = names.stored(term) else { continue }
                #expect(names.stored(names.compact(stored)) == stored, "\(file.lastPathComponent) \(term)")
                let iri = StoredNames.iri(of: stored)
                #expect(StoredNames.form(of: iri) == stored)
                #expect(context.expand(context.compact(iri)) == iri)
            }
        }
    }
}

enum Samples {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data/smart-data-models")
    static let isThere = FileManager.default.fileExists(atPath: folder.path)

    static func files(_ fits: (String) -> Bool) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { fits($0.lastPathComponent) }.sorted { $0.path < $1.path }
    }

    static func json(_ file: URL) throws -> JSON { try JSON(parsing: [UInt8](Data(contentsOf: file))) }

    static func isContext(_ name: String) -> Bool { name.hasPrefix("context-") && name.hasSuffix(".jsonld") }

    /// The context file for an address in a sample.
    static func document(_ address: String) throws(LDError) -> JSON {
        let parts = address.split(separator: "/")
        let model = parts.first { $0.hasPrefix("dataModel.") }
        let name = model.map { "context-\($0).jsonld" } ?? "context-smart-data-models-all.jsonld"
        do { return try json(folder.appending(path: name)) } catch {
            throw .unavailable(address: address, reason: "There is no \(name).")
        }
    }
}

/// What contexts say when read in the plainest way: the last string or `@id` of a name, core terms first.
private struct PlainReading {
    private var iris: [String: String] = [:]

    init(_ context: JSON) throws {
        for part in context.arrayValue ?? [context] {
            guard let address = part.stringValue, !address.contains("ngsi-ld-core-context") else { continue }
            for member in try Samples.document(address)["@context"]?.objectValue ?? [:] {
                iris[member.name] = member.value.stringValue ?? member.value["@id"]?.stringValue
            }
        }
    }

    func iri(of name: String) -> String? {
        if let core = LDContext.core.definition(of: name)?.iri { return core }
        if let iri = iris[name] { return whole(iri) }
        return name.contains("://") || name.hasPrefix("urn:")
            ? name : "https://uri.etsi.org/ngsi-ld/default-context/\(name)"
    }

    private func whole(_ iri: String) -> String {
        guard let colon = iri.firstIndex(of: ":"), !iri[colon...].hasPrefix("://"),
            let prefix = iris[String(iri[..<colon])]
        else { return iri }
        return prefix + iri[iri.index(after: colon)...]
    }
}

extension JSON {
    /// A context without parts that are no address, such as a bare compact IRI that one sample has among its contexts.
    fileprivate var withoutStrays: JSON {
        .array((arrayValue ?? [self]).filter { $0.stringValue?.hasPrefix("http") ?? true })
    }
}
