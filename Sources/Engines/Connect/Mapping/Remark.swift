import JSON
import Tabular

/// What is said of a row: why it is put aside, or what was noticed in it. A kind and its values, so that pages can say it
/// in the reader's language; `text` says it in English.
public struct Remark: Sendable, Hashable, Error {
    /// What is said. The raw values stand in stored reports, in downloads and in the keys of the words files.
    public enum Kind: String, Sendable, CaseIterable {
        case ragged
        case invalidText = "invalid-text"
        case nulByte = "nul-byte"
        case textAfterQuote = "text-after-quote"
        case unclosedQuote = "unclosed-quote"
        case emptyColumn = "empty-column"
        case noTime = "no-time"
        case noSensor = "no-sensor"
        case noMunicipality = "no-municipality"
        case noShape = "no-shape"
        case invalidShape = "invalid-shape"
        case noCoordinates = "no-coordinates"
        case coordinatesNoNumbers = "coordinates-no-numbers"
        case coordinatesExchanged = "coordinates-exchanged"
        case coordinatesZero = "coordinates-zero"
        case coordinatesOutside = "coordinates-outside"
        case wrongMunicipality = "wrong-municipality"
        case notShelterID = "not-shelter-id"
        case notNumber = "not-number"
        case notDate = "not-date"
        case notTime = "not-time"
        case notInstant = "not-instant"
        case notMeasured = "not-measured"
        /// A sentence stored before kinds were.
        case other
    }

    public var kind: Kind
    /// In the order in which the sentence names them.
    public var values: [String]
    /// The column, or the file of an archive, that it is said of.
    public var place: String?

    package init(_ kind: Kind, _ values: [String] = [], place: String? = nil) {
        self.kind = kind
        self.values = values
        self.place = place
    }

    init(defect: RowDefect) {
        switch defect {
        case .ragged(let expected, let found): self.init(.ragged, [String(found), String(expected)])
        case .invalidText: self.init(.invalidText)
        case .nulByte: self.init(.nulByte)
        case .textAfterQuote: self.init(.textAfterQuote)
        case .unclosedQuote: self.init(.unclosedQuote)
        }
    }

    /// The same, said of a place.
    func of(_ place: String) -> Remark { Remark(kind, values, place: place) }

    /// In English.
    public var text: String { (place.map { "\($0): " } ?? "") + sentence }

    private var sentence: String {
        let (first, second) = (values.first ?? "", values.dropFirst().first ?? "")
        return switch kind {
        case .ragged: "The row has \(first) cells where the header has \(second)."
        case .invalidText: "The row holds bytes that are no text in the encoding of the file."
        case .nulByte: "The row holds a NUL byte."
        case .textAfterQuote: "Text follows a closing quote inside a cell. Double the quotes that belong to the text."
        case .unclosedQuote: "A quote is opened and never closed."
        case .emptyColumn: "The column '\(first)' is empty, which every row needs."
        case .noTime: "The column '\(first)' holds no date and time."
        case .noSensor: "The row names no sensor."
        case .noMunicipality: "The property '\(first)' is no municipality code."
        case .noShape: "The feature has no name or no geometry."
        case .invalidShape: "The geometry is not valid: \(first)"
        case .noCoordinates: "The row has no coordinates."
        case .coordinatesNoNumbers: "The coordinates are no decimal numbers."
        case .coordinatesExchanged: "Latitude and longitude were exchanged; they are put right."
        case .coordinatesZero: "The coordinates are zero, which is no place."
        case .coordinatesOutside: "The coordinates lie outside Japan and are left out."
        case .wrongMunicipality: "The municipality's code is wrong."
        case .notShelterID: "The shelter id is not 14 characters."
        case .notNumber: "A number was expected."
        case .notDate: "A date was expected."
        case .notTime: "A time was expected."
        case .notInstant: "A date and time was expected."
        case .notMeasured: "A measured value is no number and is left out."
        case .other: first
        }
    }
}

extension Remark {
    package var json: JSON {
        var members: [JSONObject.Member] = [
            .init("kind", .string(kind.rawValue)), .init("values", .array(values.map(JSON.string))),
        ]
        if let place { members.append(.init("place", .string(place))) }
        return .object(JSONObject(members))
    }

    /// Reads what `json` wrote; of a text alone a remark of the kind `other`.
    init(json: JSON) {
        guard let kind = json["kind"]?.stringValue.flatMap(Kind.init(rawValue:)) else {
            self.init(.other, [json.stringValue ?? ""])
            return
        }
        self.init(
            kind, json["values"]?.arrayValue?.compactMap(\.stringValue) ?? [], place: json["place"]?.stringValue)
    }

    /// Reads the text of `json` as it lies in a column.
    package init(stored text: String) { self.init(json: (try? JSON(parsing: Array(text.utf8))) ?? .string(text)) }
}
