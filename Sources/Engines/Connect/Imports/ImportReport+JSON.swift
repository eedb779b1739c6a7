import JSON

extension ImportReport {
    /// The report as JSON, for the import's page and for storing it.
    public var json: JSON {
        let columns = columns.map { column -> JSON in
            ["title": .string(column.title), "attribute": JSON(column.attribute), "type": JSON(column.type)]
        }
        let writing: JSON =
            dialect.map {
                [
                    "encoding": .string($0.encoding), "delimiter": .string($0.delimiter),
                    "headerLine": JSON($0.headerLine),
                ]
            } ?? .null
        return [
            "state": .string(state.rawValue), "id": JSON(importID), "file": .string(file), "kind": .string(kind),
            "type": JSON(type), "title": .string(title), "score": .number(ImportReport.rounded(score)),
            "publisher": JSON(publisher), "licence": JSON(licence), "attribution": JSON(attribution),
            "visibility": .string(visibility), "rows": JSON(rows), "linked": JSON(linked), "updated": JSON(updated),
            "unchanged": JSON(unchanged), "quarantined": JSON(quarantined), "corrected": JSON(corrected),
            "reasons": .array(reasons.map(\.json)), "warnings": .array(warnings.map(\.json)),
            "refusal": JSON(refusal), "seconds": .number(ImportReport.rounded(seconds)), "writing": writing,
            "columns": .array(columns),
        ]
    }

    /// A report stored as JSON; `nil` if it is none.
    package init?(json: JSON) {
        guard let state = json["state"]?.stringValue.flatMap(State.init), let file = json["file"]?.stringValue else {
            return nil
        }
        let terms = SourceTerms(
            publisher: json["publisher"]?.stringValue, licence: json["licence"]?.stringValue,
            attribution: json["attribution"]?.stringValue, isOpen: false)
        self.init(file: file, terms: terms, state: state, refusal: json["refusal"]?.stringValue)
        importID = json["id"]?.stringValue
        kind = json["kind"]?.stringValue ?? ""
        type = json["type"]?.stringValue
        title = json["title"]?.stringValue ?? file
        score = json["score"]?.doubleValue ?? 0
        visibility = json["visibility"]?.stringValue ?? visibility
        rows = json["rows"]?.intValue ?? 0
        linked = json["linked"]?.intValue ?? 0
        updated = json["updated"]?.intValue ?? 0
        unchanged = json["unchanged"]?.intValue ?? 0
        quarantined = json["quarantined"]?.intValue ?? 0
        corrected = json["corrected"]?.intValue ?? 0
        seconds = json["seconds"]?.doubleValue ?? 0
        reasons = (json["reasons"]?.arrayValue ?? []).compactMap(Reason.init)
        warnings = (json["warnings"]?.arrayValue ?? []).compactMap(Reason.init)
        columns = (json["columns"]?.arrayValue ?? []).map {
            ReportedColumn(
                title: $0["title"]?.stringValue ?? "", attribute: $0["attribute"]?.stringValue,
                type: $0["type"]?.stringValue)
        }
        dialect = json["writing"].flatMap(ReportedDialect.init)
    }

    /// Three decimals, as digits.
    private static func rounded(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        return "\(thousandths / 1_000).\(String(1_000 + thousandths % 1_000).dropFirst())"
    }
}

extension ImportReport.Reason {
    var json: JSON {
        [
            "reason": .string(text), "remark": remark.json, "count": JSON(count),
            "lines": .array(lines.map { JSON($0) }),
        ]
    }

    init?(json: JSON) {
        guard let text = json["reason"]?.stringValue, let count = json["count"]?.intValue else { return nil }
        self.init(
            remark: Remark(json: json["remark"] ?? .string(text)), count: count,
            lines: (json["lines"]?.arrayValue ?? []).compactMap(\.intValue))
    }
}

extension ReportedDialect {
    package init?(json: JSON) {
        guard let encoding = json["encoding"]?.stringValue, let delimiter = json["delimiter"]?.stringValue else {
            return nil
        }
        self.encoding = encoding
        self.delimiter = delimiter
        headerLine = json["headerLine"]?.intValue
    }
}
