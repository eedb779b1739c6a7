import Entities
import HTTPTypes
import JSON
import Storage
import Synchronization
import Web

/// All entities of a type that the reader may see, written while they are read.
struct TypeDownload: Sendable {
    let form: DownloadForm
    let type: String
    let attributes: [String]
    let store: EntityStore
    let context: OperationContext

    var answer: Answer {
        let name = String(
            type.unicodeScalars.filter {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            })
        var answer = Answer(
            body: .stream { write in
                try await write(head)
                try await rows(write)
                try await write(tail)
            })
        answer.headers[.contentType] = form.mediaType
        answer.headers[.contentDisposition] =
            "attachment; filename=\"\(name.isEmpty ? "entities" : name).\(form.fileExtension)\""
        return answer
    }

    private func rows(_ write: @Sendable ([UInt8]) async throws -> Void) async throws {
        let isFirst = Mutex(true)
        try await store.forEach(context, EntityQuery(types: [type])) { entity throws(Refusal) in
            var bytes: [UInt8] = []
            let separates = isFirst.withLock { first in
                defer { first = false }
                return !first && form != .csv
            }
            if separates { bytes += ",\n".utf8 }
            row(entity, into: &bytes)
            do {
                try await write(bytes)
            } catch {
                throw Refusal(.unavailable, "The reader of the download went away.")
            }
        }
    }

    private var head: [UInt8] {
        switch form {
        // The mark at the head lets spreadsheets see that it is UTF-8.
        case .csv:
            [0xEF, 0xBB, 0xBF]
                + CSVText.line(
                    ["id", "type"] + attributes.flatMap(columns) + ["municipalityCode", "licence", "modifiedAt"])
        case .geojson: Array("{\"type\":\"FeatureCollection\",\"features\":[\n".utf8)
        case .ngsi: Array("[\n".utf8)
        }
    }

    private var tail: [UInt8] {
        switch form {
        case .csv: []
        case .geojson: Array("\n]}\n".utf8)
        case .ngsi: Array("\n]\n".utf8)
        }
    }

    private func row(_ entity: StoredEntity, into bytes: inout [UInt8]) {
        switch form {
        case .csv: bytes += CSVText.line(cells(entity))
        case .geojson: EntityFeature.json(entity).write(into: &bytes)
        case .ngsi: bytes += entity.document
        }
    }

    /// A place becomes two columns.
    private func columns(_ attribute: String) -> [String] {
        attribute == "location" ? ["longitude", "latitude"] : [attribute]
    }

    private func cells(_ entity: StoredEntity) -> [String] {
        let values = entity.attributes
        let cells = attributes.flatMap { name -> [String] in
            guard name == "location" else { return [values[name].map(CSVText.cell) ?? ""] }
            let place = values[name]?["value"]
            guard place?["type"] == "Point" else { return ["", ""] }
            return [place?["coordinates"]?[0], place?["coordinates"]?[1]].map { $0?.description ?? "" }
        }
        return [entity.id, entity.types.joined(separator: " ")] + cells + [
            entity.municipality ?? "", entity.provenance.licence ?? "", DateTime.text(entity.modifiedAt),
        ]
    }
}

/// CSV as RFC 4180 has it.
enum CSVText {
    static func line(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\r\n").utf8)
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Texts as they are, everything else as JSON.
    static func cell(_ attribute: JSON) -> String {
        let value = SimplifiedAttribute.value(attribute)
        return value.stringValue ?? value.description
    }
}

/// An entity as a GeoJSON feature (RFC 7946): its place, and its other values simplified.
enum EntityFeature {
    static func json(_ entity: StoredEntity) -> JSON {
        let attributes = entity.attributes
        let isPlace = { (json: JSON) in AttributeInstances.all(json).first?.kind == .geoProperty }
        let place = attributes["location"] ?? attributes.members.first { isPlace($0.value) }?.value
        var properties: [JSONObject.Member] = [.init("type", .string(entity.types.joined(separator: " ")))]
        for member in attributes.members where !isPlace(member.value) && member.name != "type" {
            properties.append(.init(member.name, SimplifiedAttribute.value(member.value)))
        }
        return [
            "type": "Feature", "id": .string(entity.id),
            "geometry": place.flatMap { AttributeInstances.all($0).first?.value } ?? .null,
            "properties": .object(JSONObject(properties)),
        ]
    }
}
