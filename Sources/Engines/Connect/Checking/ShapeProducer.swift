import Civic
import Geometry
import JSON
import Storage

/// Features of a GeoJSON file.
struct ShapeProducer: RowProducer {
    /// A GeoJSON file is read as a whole, so it may not be larger.
    static let byteLimit = 64 << 20

    let shape: ShapeModel
    private var features: [JSON]
    private var position = 0

    init(bytes: [UInt8], shapes: [ShapeModel]) throws {
        let tree: JSON
        do {
            tree = try JSON(parsing: bytes)
        } catch {
            throw Refusal(.invalid, "The file is no JSON: \(error)")
        }
        guard tree["type"]?.stringValue == "FeatureCollection", let features = tree["features"]?.arrayValue else {
            throw Refusal(.invalid, "The file is no GeoJSON FeatureCollection (RFC 7946).")
        }
        let first = features.first?["properties"]
        guard let shape = shapes.first(where: { first?[$0.code] != nil && first?[$0.name] != nil }) else {
            throw Refusal(.invalid, "The features have none of the properties that a model of shapes needs.")
        }
        self.shape = shape
        self.features = features
    }

    mutating func next() throws -> ProducedRow? {
        guard position < features.count else { return nil }
        position += 1
        let feature = features[position - 1]
        do {
            return try produced(feature)
        } catch let reason as Remark {
            let excerpt = String(feature["properties"]?.description.prefix(2_000) ?? "")
            return .quarantined(QuarantinedRow(line: position, reason: reason, original: excerpt))
        }
    }

    private func produced(_ feature: JSON) throws -> ProducedRow {
        let properties = feature["properties"] ?? .null
        guard let code = properties[shape.code]?.stringValue.flatMap({ MunicipalityCode($0) }) else {
            throw Remark(.noMunicipality, [shape.code])
        }
        guard let name = properties[shape.name]?.stringValue, let geometry = feature["geometry"], !geometry.isNull
        else {
            throw Remark(.noShape)
        }
        do {
            _ = try Geometry(geoJSON: geometry)
        } catch {
            throw Remark(.invalidShape, ["\(error)"])
        }
        var members: [JSONObject.Member] = [
            .init("name", Attributes.property(.string(name))),
            .init("localGovernmentCode", Attributes.property(.string(code.sixDigits))),
            .init("location", Attributes.geometry(geometry)),
        ]
        for (attribute, property) in shape.properties.sorted(by: { $0.key < $1.key }) {
            guard let value = properties[property], !value.isNull else { continue }
            members.append(.init(attribute, Attributes.property(value)))
        }
        let row = MappedRow(
            line: position, id: "urn:ngsi-ld:\(shape.type):\(code.sixDigits):\(code.sixDigits)",
            municipality: code.sixDigits, attributes: JSONObject(members), corrections: 0, warnings: [])
        return .staged(.entity(row, type: shape.type), corrections: 0, warnings: [])
    }
}
