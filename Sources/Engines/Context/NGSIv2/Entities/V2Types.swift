import Entities
import HTTPTypes
import JSON
import Storage
import Synchronization
import Web

/// `GET /v2/types` and `/v2/types/{type}`: what is there, counted as the reader sees it.
struct V2Types: Sendable {
    let store: EntityStore

    func list(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let paging = try request.paging()
        let census = try await census(request, types: [])
        let names = census.types.keys.sorted()
        let page = names.dropFirst(paging.offset).prefix(paging.limit)
        let json = page.map { name -> JSON in
            guard !request.has("values") else { return .string(name) }
            var entry = JSONObject([.init("type", .string(name))])
            entry.merge(census.json(name, hasDetail: !request.has("noAttrDetail")).members)
            return .object(entry)
        }
        var answer = Answer.json(.array(json))
        if request.has("count"), let name = HTTPField.Name.fiwareTotalCount {
            answer.headers[name] = String(names.count)
        }
        return answer
    }

    func one(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let type = call.parameter("type")
        let census = try await census(request, types: [V2Names.storedType(type)])
        guard census.types[type] != nil else { throw Refusal.orion(.notFound, "Entity type not found") }
        return .json(.object(census.json(type, hasDetail: !request.has("noAttrDetail"))))
    }

    private func census(_ request: V2Request, types: [String]) async throws(Refusal) -> V2Census {
        var query = EntityQuery(space: request.space, types: types)
        query.scope = try request.readPaths().scopeQuery()
        let census = V2CensusBox()
        try await store.forEach(request.call.context, query) { entity throws(Refusal) in census.add(entity) }
        return census.value
    }
}

/// Entities counted by type, with the types of their attributes.
struct V2Census: Sendable {
    struct Entry: Sendable {
        var count = 0
        /// Attribute → the v2 types that it has, in the order met.
        var attributes: [String: [String]] = [:]
    }

    private(set) var types: [String: Entry] = [:]

    mutating func add(_ entity: StoredEntity) {
        let attributes = entity.v2Attributes
        for type in entity.types {
            var entry = types.removeValue(forKey: V2Names.name(type)) ?? Entry()
            entry.count += 1
            for item in attributes {
                var known = entry.attributes.removeValue(forKey: item.name) ?? []
                if !known.contains(item.attribute.type) { known.append(item.attribute.type) }
                entry.attributes[item.name] = known
            }
            types[V2Names.name(type)] = entry
        }
    }

    func json(_ type: String, hasDetail: Bool) -> JSONObject {
        let entry = types[type] ?? Entry()
        let attributes = entry.attributes.sorted { $0.key < $1.key }.map { name, types in
            JSONObject.Member(name, ["types": .array(hasDetail ? types.sorted().map { .string($0) } : [])])
        }
        return JSONObject([.init("attrs", .object(JSONObject(attributes))), .init("count", JSON(entry.count))])
    }
}

private final class V2CensusBox: Sendable {
    private let census = Mutex(V2Census())

    var value: V2Census { census.withLock { $0 } }

    func add(_ entity: StoredEntity) { census.withLock { $0.add(entity) } }
}
