import JSON
import Web

/// Rows of a table of its own.
struct TableRowsView {
    let table: OpenTable
    let rows: OpenTablePage
    let page: Int

    func html(_ words: WordBook, _ call: Call) -> HTML {
        let columns =
            [DataTable.Column(words["connect.column.line"], numeric: true)]
            + table.columns.map { DataTable.Column(words.inJapanese(Phrase($0.title)), numeric: $0.isNumeric) }
        let lines = rows.rows.map { row in
            [HTML.text(String(row.line))] + row.cells.map { HTML.text(TableRowsView.text($0)) }
        }
        let list = DataTable(
            caption: words["connect.rows.title"], columns: columns, rows: lines, dense: true, hidesCaption: true)
        let pager = Pagination(call, page: page, size: ImportPages.pageSize, total: rows.total)
        return Section(
            id: "rows", title: words["connect.rows.title"], body: list.html(words) + pager.html(words)
        ).html(words)
    }

    var facts: JSON {
        [
            "total": JSON(rows.total),
            "items": .array(rows.rows.map { ["line": JSON($0.line), "cells": .array($0.cells)] }),
        ]
    }

    private static func text(_ cell: JSON) -> String {
        switch cell {
        case .null: ""
        case .string(let text): text
        case .bool(let truth): truth ? "○" : "×"
        default: cell.description
        }
    }
}

extension ReportedColumn {
    fileprivate var isNumeric: Bool { type == "integer" || type == "decimal" }
}
