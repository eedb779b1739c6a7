/// Where the header stands among the first rows of a file, and what stands around it.
///
/// Published files open with titles, with blocks of key and value, with `#` lines (LinkData writes its header as
/// `#property`), or with two rows of merged headings. Nothing but the cells tells, so this is a set of rules in order.
struct HeaderGuess: Equatable {
    /// Index among the peeked rows; nil if no row names the columns.
    var index: Int?
    /// 2 where a row of group headings stands over the names.
    var rows: Int
    var names: [String]

    static func of(_ rows: [PeekedRow], wanted: TableOptions.Header) -> HeaderGuess? {
        switch wanted {
        case .none:
            let width = DelimiterGuess.modalWidth(rows.filter { !$0.isBlank }) ?? 0
            return HeaderGuess(index: nil, rows: 0, names: [String](repeating: "", count: width))
        case .row(let number):
            let written = rows.indices.filter { !rows[$0].isBlank }
            guard number >= 1, number <= written.count else { return nil }
            return single(rows, at: written[number - 1])
        case .detected:
            return detected(rows)
        }
    }

    private static func detected(_ rows: [PeekedRow]) -> HeaderGuess {
        if let linkData = rows.firstIndex(where: { $0.cells.first == "#property" }) {
            return single(rows, at: linkData)
        }
        let body = rows.indices.filter { !rows[$0].isBlank && !rows[$0].cells[0].hasPrefix("#") }
        let width = DelimiterGuess.modalWidth(body.map { rows[$0] }) ?? 0
        guard let index = plainHeader(rows, among: body, width: width) else {
            return HeaderGuess(index: nil, rows: 0, names: [String](repeating: "", count: width))
        }
        return merged(rows, at: index, body: body) ?? single(rows, at: index)
    }

    private static func plainHeader(_ rows: [PeekedRow], among body: [Int], width: Int) -> Int? {
        guard let first = body.first else { return nil }
        if isFull(rows[first].cells, width: width) { return first }
        let labels = body.map { rows[$0].cells.count(where: LabelText.isLabel) }
        guard let most = labels.max(), most > 0 else { return nil }
        let needed = max(1, (most * 4 + 4) / 5)
        return zip(body, labels).first { $0.1 >= needed }?.0
    }

    /// A first row in which every column has a name of its own needs no further look.
    private static func isFull(_ cells: [String], width: Int) -> Bool {
        let filled = cells.filter { !$0.isEmpty }
        return width > 0 && cells.count >= width && filled.count == cells.count && LabelText.isLabel(cells[0])
            && Set(filled).count == filled.count && !filled.contains(where: LabelText.isNumber)
    }

    private static func single(_ rows: [PeekedRow], at index: Int) -> HeaderGuess {
        HeaderGuess(index: index, rows: 1, names: rows[index].cells.map(LabelText.cleaned))
    }

    /// Group headings over names: the upper row has gaps inside, the lower one fills all of them with labels.
    private static func merged(_ rows: [PeekedRow], at index: Int, body: [Int]) -> HeaderGuess? {
        guard index + 2 < rows.count, body.contains(index + 1), rows[index].cells.count == rows[index + 1].cells.count
        else { return nil }
        let upper = rows[index].cells.map(LabelText.cleaned)
        let lower = rows[index + 1].cells.map(LabelText.cleaned)
        let inner = upper.indices.dropFirst().filter { upper[$0].isEmpty }
        let filled = lower.filter { !$0.isEmpty }
        guard !inner.isEmpty, inner.allSatisfy({ !lower[$0].isEmpty }), filled.count < lower.count,
            filled.allSatisfy({ LabelText.isLabel($0) && $0.count <= 40 })
        else { return nil }
        return HeaderGuess(index: index, rows: 2, names: joined(upper, lower))
    }

    private static func joined(_ upper: [String], _ lower: [String]) -> [String] {
        var group = ""
        return zip(upper, lower).map { head, name in
            if !head.isEmpty { group = head }
            return name.isEmpty ? head : group.isEmpty ? name : "\(group)_\(name)"
        }
    }
}

/// Tells names of columns from values.
enum LabelText {
    static func isLabel(_ text: String) -> Bool {
        let value = cleaned(text)
        guard !value.isEmpty, value.utf8.count <= 300 else { return false }
        return value.unicodeScalars.contains { $0.properties.isAlphabetic && !"年月日時分".unicodeScalars.contains($0) }
            && CellValue(value).isText
    }

    static func isNumber(_ text: String) -> Bool {
        switch CellValue(text) {
        case .integer, .decimal: true
        default: false
        }
    }

    /// The name without line breaks and outer spaces.
    static func cleaned(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.properties.isWhitespace) else { return text }
        let words = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }
        let joined = words.map { String(String.UnicodeScalarView($0)) }.joined()
        var scalars = joined.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
