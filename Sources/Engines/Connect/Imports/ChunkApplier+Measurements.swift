import Entities
import Foundation
import JSON
import Storage

extension ChunkApplier {
    package func applyMeasurements(
        _ context: OperationContext, _ chunk: Int, _ rows: [StagedRow]
    ) async throws(Refusal) -> Counts {
        guard let series else { throw Refusal(.invalid, "The series of the import \(record.id) is no longer known.") }
        let bySensor = observations(of: rows, series)
        let sensors = try await missingSensors(context, bySensor.map(\.key), series)
        let count = rows.count
        return try await database.write(context) { transaction throws(Refusal) -> Counts in
            guard try claim(chunk, in: transaction) else { return Counts() }
            if !sensors.isEmpty { _ = try entities.upsert(sensors, in: transaction) }
            var written = 0
            for (key, observations) in bySensor {
                written += try entities.appendHistory(id: sensorID(key, series), observations, in: transaction)
            }
            try advance(to: chunk, in: transaction)
            return written == 0 ? Counts(unchanged: count) : Counts(created: count)
        }
    }

    /// In the order in which the sensors first appear.
    private func observations(
        of rows: [StagedRow], _ series: SeriesModel
    ) -> [(key: String, value: [Observation])] {
        var order: [String] = []
        var found: [String: [Observation]] = [:]
        let names = series.values.map(\.name)
        let missing = Array("null".utf8)
        for case .measurement(let row) in rows {
            if found[row.key] == nil { order.append(row.key) }
            let time = Instant(microseconds: row.microseconds)
            for (name, value) in zip(names, row.values) {
                found[row.key, default: []].append(
                    Observation(attribute: name, value: value?.bytes ?? missing, observedAt: time))
            }
        }
        return order.map { ($0, found[$0] ?? []) }
    }

    package func sensorID(_ key: String, _ series: SeriesModel) -> String {
        let code = FileNameCode.bodyCode(of: record.file) ?? record.tenant.rawValue
        return "urn:ngsi-ld:\(series.type):\(code):\(key)"
    }

    /// Sensors that no list of stations has brought yet.
    private func missingSensors(
        _ context: OperationContext, _ keys: [String], _ series: SeriesModel
    ) async throws(Refusal) -> [PreparedEntity] {
        var missing: [PreparedEntity] = []
        for key in keys where try await entities.get(context, id: sensorID(key, series)) == nil {
            let name = key.removingPercentEncoding ?? key
            let entity = Entity(
                id: sensorID(key, series), types: [series.type],
                attributes: JSONObject([.init("name", Attributes.property(.string(name)))]))
            missing.append(
                try entities.prepare(
                    EntityWrite(
                        entity: entity, owner: record.tenant, visibility: record.visibility,
                        municipality: record.about, provenance: provenance(line: nil))))
        }
        return missing
    }
}
