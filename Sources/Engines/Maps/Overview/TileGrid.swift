import Foundation

/// The hand-drawn map of one square a municipality, with the municipalities' names: `data/maps/tile-grid.csv`.
package struct TileGrid: Sendable {
    package struct Cell: Sendable, Hashable {
        /// The 6-digit code.
        package var code: String
        package var name: String
        package var kana: String
        /// `Kumamoto City`.
        package var english: String
        /// Squares from the west and from the north.
        package var column: Int
        package var row: Int
    }

    package let cells: [Cell]
    private let byCode: [String: Cell]

    init(cells: [Cell]) {
        self.cells = cells
        byCode = Dictionary(cells.map { ($0.code, $0) }) { first, _ in first }
    }

    /// Reads the folder's `tile-grid.csv`; without it there are no squares, and only boundaries can be drawn.
    package init(folder: String) {
        let bytes = FileManager.default.contents(atPath: folder + "/tile-grid.csv") ?? Data()
        self.init(csv: String(decoding: bytes, as: UTF8.self))
    }

    /// The file is our own: no quotes, a header, six columns. Lines of another form are left out.
    package init(csv: String) {
        self.init(
            cells: csv.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
                let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard fields.count == 6, let column = Int(fields[4]), let row = Int(fields[5]) else { return nil }
                return Cell(
                    code: fields[0], name: fields[1], kana: fields[2], english: fields[3], column: column, row: row)
            })
    }

    subscript(code: String) -> Cell? { byCode[code] }
}
