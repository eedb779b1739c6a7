import Entities
import JSON
import Storage
import Web

/// A list of imports.
struct ImportTable {
    let words: WordBook

    func html(_ records: [ImportRecord]) -> HTML {
        DataTable(
            caption: words["connect.imports.title"],
            columns: [
                .init(words["connect.column.file"]), .init(words["connect.column.state"]),
                .init(words["connect.column.model"]), .init(words["connect.column.rows"], numeric: true),
                .init(words["connect.column.quarantined"], numeric: true), .init(words["connect.column.licence"]),
                .init(words["connect.column.time"]),
            ],
            rows: records.map(row), hidesCaption: true
        ).html(words)
    }

    private func row(_ record: ImportRecord) -> [HTML] {
        let report = record.report
        return [
            .link(Phrase(record.file), to: "/imports/\(record.id)"), stateChip(record.state),
            words.inJapanese(Phrase(report.title)).html, .text(words.numbers.grouped(report.rows)),
            .text(words.numbers.grouped(report.quarantined)), licence(report), words.dateTime(record.started).html,
        ]
    }

    func stateChip(_ state: ImportRecord.State) -> HTML {
        let label = words[WordKey("connect.state.\(state.rawValue)")]
        switch state {
        case .applied: return Chip(label, .green).html
        case .refused: return Chip(label, .red).html
        case .checking, .applying, .undone: return Chip(label, .grey).html
        }
    }

    /// What has no stated licence is labelled so.
    func licence(_ report: ImportReport) -> HTML {
        report.licence.map { words.inJapanese(Phrase($0)).html } ?? words["connect.licence.none"].html
    }
}
