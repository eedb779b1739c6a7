/// A table in a labelled box that scrolls by itself on narrow screens.
public struct DataTable: Component {
    public struct Column: Sendable {
        public var label: Phrase
        /// Right-aligned with figures of equal width; the unit belongs in the label.
        public var isNumeric: Bool
        /// The address that sorts by this column; `nil`: not sortable.
        public var sortAddress: String?
        public var sorted: Sorting?

        public init(_ label: Phrase, numeric: Bool = false, sortAddress: String? = nil, sorted: Sorting? = nil) {
            self.label = label
            isNumeric = numeric
            self.sortAddress = sortAddress
            self.sorted = sorted
        }
    }

    public enum Sorting: String, Sendable { case ascending, descending }

    public var caption: Phrase
    public var columns: [Column]
    /// Cells in the order of the columns; the first one heads its row.
    public var rows: [[HTML]]
    /// Less space, for administration and long lists.
    public var isDense: Bool
    /// Hides the caption from sight where a heading says the same.
    public var hidesCaption: Bool

    public init(caption: Phrase, columns: [Column], rows: [[HTML]], dense: Bool = false, hidesCaption: Bool = false) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        isDense = dense
        self.hidesCaption = hidesCaption
    }

    public func html(_ words: WordBook) -> HTML {
        guard !rows.isEmpty else { return EmptyNotice().html(words) }
        let table = HTML.element(
            "table", ["class": isDense ? "dense" : nil],
            .element("caption", ["class": hidesCaption ? "hidden" : nil], .element("span", [:], caption.html)),
            .element("thead", [:], .element("tr", [:], columns.map { header($0, words) })),
            .element("tbody", [:], rows.map(row)))
        return .element(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption.text], table)
    }

    private func header(_ column: Column, _ words: WordBook) -> HTML {
        var label = column.label.html
        if let address = column.sortAddress {
            let mark = column.sorted.map { $0 == .ascending ? "▲" : "▼" } ?? "↕"
            label = .element(
                "a", ["href": address, "class": "sort"],
                label, .element("span", ["aria-hidden": "true"], .text(mark)))
        }
        return .element(
            "th",
            ["scope": "col", "class": column.isNumeric ? "number" : nil, "aria-sort": column.sorted?.rawValue], label)
    }

    private func row(_ cells: [HTML]) -> HTML {
        .element(
            "tr", [:],
            zip(columns, cells).enumerated().map { position, cell in
                let style = cell.0.isNumeric ? "number" : nil
                return position == 0
                    ? .element("th", ["scope": "row", "class": style], cell.1)
                    : .element("td", ["class": style], cell.1)
            })
    }
}

extension DataTable.Column {
    /// A column sorted by `?sort=name` and `?sort=-name` of this call, back to the first page.
    public static func sortable(
        _ label: Phrase, by name: String, _ call: Call, numeric: Bool = false, isDefault: Bool = false
    ) -> DataTable.Column {
        let current = call.query["sort"] ?? (isDefault ? name : nil)
        let sorted: DataTable.Sorting? = current == name ? .ascending : current == "-" + name ? .descending : nil
        let next = sorted == .ascending ? "-" + name : name
        return DataTable.Column(
            label, numeric: numeric,
            sortAddress: call.address(with: "sort", next, dropping: ["page", "cursor", "offset"]),
            sorted: sorted)
    }
}
