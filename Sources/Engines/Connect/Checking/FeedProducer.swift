import Civic
import JSON
import Storage
import Tabular

/// Stops, then routes of a GTFS feed, straight from its zip.
struct FeedProducer: RowProducer {
    private let feed: String
    private let models: GTFSModels
    private let archive: ZipArchive
    private let places: MunicipalityFinder
    private let limits: ImportLimits
    private var pending: [FeedFile]
    private var reader: TableReader?
    private var current: FeedFile
    private var columns: [String: Int] = [:]

    enum FeedFile: String, Sendable {
        case stops = "stops.txt"
        case routes = "routes.txt"

        var idColumn: String { self == .stops ? "stop_id" : "route_id" }
    }

    init(path: String, feed: String, models: GTFSModels, places: MunicipalityFinder, limits: ImportLimits) throws {
        self.feed = feed
        self.models = models
        self.places = places
        self.limits = limits
        archive = try ZipArchive(path: path, limits: limits.archive)
        pending = [.routes]
        current = .stops
        try open(.stops)
    }

    private mutating func open(_ file: FeedFile) throws {
        guard let entry = archive.entry(named: file.rawValue) else {
            throw Refusal(.invalid, "The archive is no GTFS feed: it has no \(file.rawValue).")
        }
        let opened = try TableReader(
            try archive.open(entry),
            options: TableOptions(delimiter: UInt8(ascii: ","), header: .row(1), limits: limits.table))
        columns = Dictionary(opened.columns.map { ($0.title, $0.index) }) { first, _ in first }
        guard columns[file.idColumn] != nil else {
            throw Refusal(.invalid, "\(file.rawValue) has no column \(file.idColumn).")
        }
        reader = opened
        current = file
    }

    mutating func next() throws -> ProducedRow? {
        while true {
            if let row = try reader?.next() { return produced(row) }
            guard !pending.isEmpty else { return nil }
            try open(pending.removeFirst())
        }
    }

    private func produced(_ row: TableRow) -> ProducedRow {
        if let defect = row.defect { return aside(row, Remark(defect: defect)) }
        let id = text(row, current.idColumn)
        guard !id.isEmpty else { return aside(row, Remark(.emptyColumn, [current.idColumn])) }
        return current == .stops ? stop(row, id: id) : route(row, id: id)
    }

    private func stop(_ row: TableRow, id: String) -> ProducedRow {
        let place = PlaceReading.of(latitude: text(row, "stop_lat"), longitude: text(row, "stop_lon"))
        var members = properties(
            row,
            [
                ("name", "stop_name"), ("code", "stop_code"), ("description", "stop_desc"), ("zoneCode", "zone_id"),
                ("page", "stop_url"), ("platformCode", "platform_code"), ("locationType", "location_type"),
            ])
        members.append(.init("feed", Attributes.property(.string(feed))))
        if let location = place.attribute { members.append(.init("location", location)) }
        let parent = text(row, "parent_station")
        if !parent.isEmpty {
            let target: JSON = .string("urn:ngsi-ld:\(models.stop.type):\(feed):\(EntityKeys.urnPart(parent))")
            members.append(.init("hasParentStation", ["type": "Relationship", "object": target]))
        }
        let town = places.municipality(longitude: place.longitude, latitude: place.latitude)
        return entity(row, id: id, type: models.stop.type, members, town: town, place: place)
    }

    private func route(_ row: TableRow, id: String) -> ProducedRow {
        var members = properties(
            row,
            [
                ("name", "route_long_name"), ("shortName", "route_short_name"), ("description", "route_desc"),
                ("routeType", "route_type"), ("page", "route_url"), ("routeColor", "route_color"),
                ("routeTextColor", "route_text_color"), ("agency", "agency_id"),
            ])
        if text(row, "route_long_name").isEmpty, !text(row, "route_short_name").isEmpty {
            members.insert(.init("name", Attributes.property(.string(text(row, "route_short_name")))), at: 0)
        }
        members.append(.init("feed", Attributes.property(.string(feed))))
        return entity(row, id: id, type: models.route.type, members, town: nil, place: PlaceReading())
    }

    private func entity(
        _ row: TableRow, id: String, type: String, _ members: [JSONObject.Member], town: String?, place: PlaceReading
    ) -> ProducedRow {
        let mapped = MappedRow(
            line: row.line, id: "urn:ngsi-ld:\(type):\(feed):\(EntityKeys.urnPart(id))", municipality: town,
            attributes: JSONObject(members), corrections: place.isCorrected ? 1 : 0,
            warnings: place.warning.map { [$0] } ?? [])
        return .staged(.entity(mapped, type: type), corrections: mapped.corrections, warnings: mapped.warnings)
    }

    private func properties(_ row: TableRow, _ pairs: [(String, String)]) -> [JSONObject.Member] {
        pairs.compactMap { name, column in
            let value = text(row, column)
            return value.isEmpty ? nil : .init(name, Attributes.property(.string(value)))
        }
    }

    private func text(_ row: TableRow, _ column: String) -> String {
        columns[column].map { LabelTrim.trimmed(row[$0]) } ?? ""
    }

    private func aside(_ row: TableRow, _ reason: Remark) -> ProducedRow {
        .quarantined(
            QuarantinedRow(line: row.line, reason: reason.of(current.rawValue), original: row.rawText))
    }
}
