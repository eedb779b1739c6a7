import JSON
import Storage
import Web

/// One import: how far it is, what it gave, what was put aside and why.
struct ImportView {
    let words: WordBook
    let catalogue: ModelCatalogue
    let mayDownload: Bool

    func html(_ record: ImportRecord) -> HTML {
        [notice(record), facts(record), reasons(record), columns(record.report)].compactMap { $0 }.joined()
    }

    private func notice(_ record: ImportRecord) -> HTML? {
        switch record.state {
        case .refused:
            return NotificationBanner(
                .error, heading: words["connect.state.refused"], body: Phrase(record.report.refusal ?? "").html
            ).html(words)
        case .checking, .applying:
            let progress = words(
                "connect.progress",
                ["done": .number(record.applied), "total": .number(record.chunks)])
            return NotificationBanner(.information, heading: words["connect.state.applying"], body: progress.html).html(
                words)
        case .applied where record.report.licence == nil:
            return NotificationBanner(
                .warning, heading: words["connect.licence.none"], body: words["connect.licence.noneBody"].html
            ).html(words)
        case .applied, .undone: return nil
        }
    }

    private func facts(_ record: ImportRecord) -> HTML {
        let report = record.report
        let table = ImportTable(words: words)
        var rows: [(Phrase, HTML)] = [
            (words["connect.column.state"], table.stateChip(record.state)),
            (words["connect.column.model"], model(report)),
            (words["connect.column.rows"], .text(words.numbers.grouped(report.rows))),
            (words["connect.column.linked"], .text(words.numbers.grouped(report.linked))),
            (words["connect.column.updated"], .text(words.numbers.grouped(report.updated))),
            (words["connect.column.unchanged"], .text(words.numbers.grouped(report.unchanged))),
            (words["connect.column.corrected"], .text(words.numbers.grouped(report.corrected))),
            (words["connect.column.quarantined"], quarantined(record)),
            (words["connect.column.licence"], table.licence(report)),
        ]
        if let publisher = report.publisher { rows.append((words["connect.column.publisher"], japanese(publisher))) }
        if let attribution = report.attribution {
            rows.append((words["connect.column.attribution"], japanese(attribution)))
        }
        if let dialect = report.dialect { rows.append((words["connect.column.encoding"], .text(dialect.encoding))) }
        rows.append((words["connect.column.time"], words.dateTime(record.started).html))
        return DefinitionList(rows).html(words)
    }

    private func japanese(_ text: String) -> HTML { words.inJapanese(Phrase(text)).html }

    /// A link to the entities, or a word that the file became a table of its own.
    private func model(_ report: ImportReport) -> HTML {
        guard let type = report.type else { return words["connect.ownTable"].html }
        return .link(
            words.inJapanese(Phrase(report.title)), to: "/entities/types/\(Call.percentEncoded(type, keeping: ""))")
    }

    private func quarantined(_ record: ImportRecord) -> HTML {
        let count = HTML.text(words.numbers.grouped(record.report.quarantined))
        guard mayDownload, record.report.quarantined > 0 else { return count }
        return count + .text(" ")
            + .link(words["connect.quarantine.download"], to: "/imports/\(record.id)/quarantine.csv")
    }

    private func reasons(_ record: ImportRecord) -> HTML? {
        let report = record.report
        let all = report.reasons + report.warnings
        guard !all.isEmpty else { return nil }
        let rows = all.map { reason -> [HTML] in
            [
                reason.remark.phrase(words).html, .text(words.numbers.grouped(reason.count)),
                .text(reason.lines.map(String.init).joined(separator: ", ")),
            ]
        }
        let table = DataTable(
            caption: words["connect.reasons.title"],
            columns: [
                .init(words["connect.column.reason"]), .init(words["connect.column.count"], numeric: true),
                .init(words["connect.column.lines"]),
            ], rows: rows, hidesCaption: true)
        return Section(id: "reasons", title: words["connect.reasons.title"], body: table.html(words)).html(words)
    }

    private func columns(_ report: ImportReport) -> HTML? {
        guard !report.columns.isEmpty else { return nil }
        let rows = report.columns.map { column -> [HTML] in
            [
                words.inJapanese(Phrase(column.title)).html,
                column.attribute.map { .element("code", [:], .text($0)) }
                    ?? column.type.map { .text($0) } ?? words["connect.column.kept"].html,
            ]
        }
        let table = DataTable(
            caption: words["connect.columns.title"],
            columns: [.init(words["connect.column.column"]), .init(words["connect.column.attribute"])], rows: rows,
            hidesCaption: true)
        return Section(id: "columns", title: words["connect.columns.title"], body: table.html(words)).html(words)
    }
}
