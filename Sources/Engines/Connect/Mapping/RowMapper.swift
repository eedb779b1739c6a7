import Civic
import Crypto
import JSON
import Tabular

/// A row as an entity.
package struct MappedRow: Sendable {
    package var line: Int
    package var id: String
    /// The six-digit code of the municipality it is about.
    package var municipality: String?
    package var attributes: JSONObject
    package var corrections: Int
    package var warnings: [Remark]

    package init(
        line: Int, id: String, municipality: String? = nil, attributes: JSONObject, corrections: Int, warnings: [Remark]
    ) {
        self.line = line
        self.id = id
        self.municipality = municipality
        self.attributes = attributes
        self.corrections = corrections
        self.warnings = warnings
    }
}

/// Turns rows of a matched table into entities.
struct RowMapper {
    let match: ModelMatch
    let columns: [TableColumn]
    let terms: SourceTerms
    /// Code in ids of rows that name no municipality.
    let fallbackCode: String
    let places: MunicipalityFinder
    private var keys: EntityKeys

    init(
        match: ModelMatch, columns: [TableColumn], terms: SourceTerms, fallbackCode: String,
        places: MunicipalityFinder, keys: EntityKeys
    ) {
        self.match = match
        self.columns = columns
        self.terms = terms
        self.fallbackCode = fallbackCode
        self.places = places
        self.keys = keys
    }

    /// - Returns: the entity, or why the row has to be put aside.
    mutating func map(_ row: TableRow) -> Result<MappedRow, Remark> {
        if let defect = row.defect { return .failure(Remark(defect: defect)) }
        for name in match.model.required {
            let column = match.column(of: name)
            if column.map({ LabelTrim.trimmed(row[$0]).isEmpty }) ?? true {
                return .failure(Remark(.emptyColumn, [title(of: name)]))
            }
        }
        var draft = RowDraft()
        readItems(row, into: &draft)
        let place = readPlace(row, into: &draft)
        keepRest(row, into: &draft)
        let code = municipality(row, into: &draft)
        let about = code ?? terms.about ?? places.municipality(longitude: place.longitude, latitude: place.latitude)
        return .success(
            MappedRow(
                line: row.line, id: keys.id(of: row, code: code ?? terms.about ?? fallbackCode), municipality: about,
                attributes: JSONObject(draft.members), corrections: draft.corrections, warnings: draft.warnings))
    }

    private func title(of item: String) -> String {
        match.column(of: item).map { columns[$0].title } ?? item
    }

    private func readItems(_ row: TableRow, into draft: inout RowDraft) {
        for column in columns {
            guard let index = match.items[column.index] else { continue }
            let item = match.model.items[index]
            guard item.kind != .coordinates, item.name != "latitude", item.name != "longitude",
                let reading = CellReading.of(row[column.index], as: item.kind)
            else { continue }
            draft.add(item.name, reading, title: column.title)
        }
        collect(row, into: &draft)
    }

    private func collect(_ row: TableRow, into draft: inout RowDraft) {
        guard let collection = match.model.collection, !match.collected.isEmpty else { return }
        let names = match.collected.filter { CellReading.of(row[$0], as: .mark)?.value == .bool(true) }
        guard !names.isEmpty else { return }
        draft.members.append(
            .init(collection.into, Attributes.property(.array(names.map { .string(columns[$0].title) }))))
    }

    private func readPlace(_ row: TableRow, into draft: inout RowDraft) -> PlaceReading {
        let place: PlaceReading
        if let latitude = match.column(of: "latitude"), let longitude = match.column(of: "longitude") {
            place = .of(latitude: row[latitude], longitude: row[longitude])
            if place.attribute == nil { keepCoordinates(row, [latitude, longitude], into: &draft) }
        } else if let pair = match.column(of: "location") {
            place = .of(pair: row[pair])
        } else {
            return PlaceReading()
        }
        if let attribute = place.attribute { draft.members.append(.init("location", attribute)) }
        if let warning = place.warning { draft.warnings.append(warning) }
        if place.isCorrected { draft.corrections += 1 }
        return place
    }

    /// What is no place is kept as it was written.
    private func keepCoordinates(_ row: TableRow, _ indexes: [Int], into draft: inout RowDraft) {
        for index in indexes where !row.isEmpty(index) {
            draft.rest.append(.init(columns[index].title, .string(row[index])))
        }
    }

    private func keepRest(_ row: TableRow, into draft: inout RowDraft) {
        for column in match.unmatched(columns) {
            let text = LabelTrim.trimmed(row[column.index])
            if !text.isEmpty { draft.rest.append(.init(column.name, .string(text))) }
        }
        guard !draft.rest.isEmpty else { return }
        draft.members.append(.init("sourceColumns", Attributes.property(.object(JSONObject(draft.rest)))))
    }

    private func municipality(_ row: TableRow, into draft: inout RowDraft) -> String? {
        if let column = match.column(of: "localGovernmentCode") {
            let text = TextFolding.normalized(row[column])
            if let code = MunicipalityCode(text) { return code.isPrefecture ? nil : code.sixDigits }
            if !text.isEmpty { draft.warnings.append(Remark(.wrongMunicipality)) }
        }
        return match.column(of: "city").flatMap { places.municipality(named: row[$0]) }
            ?? match.column(of: "fullAddress").flatMap { places.municipality(ofAddress: row[$0]) }
    }
}

/// What a row has given so far.
private struct RowDraft {
    var members: [JSONObject.Member] = []
    var rest: [JSONObject.Member] = []
    var corrections = 0
    var warnings: [Remark] = []

    mutating func add(_ name: String, _ reading: CellReading, title: String) {
        members.append(.init(name, Attributes.property(reading.value, original: reading.original)))
        if reading.original != nil { corrections += 1 }
        if let warning = reading.warning { warnings.append(warning.of(title)) }
    }
}
