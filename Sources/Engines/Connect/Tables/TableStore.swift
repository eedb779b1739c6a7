import Entities
import JSON
import Storage

/// A table of its own: a file that fits no model.
public struct OpenTable: Sendable {
    public var id: String
    public var tenant: TenantID
    public var importID: String
    public var title: String
    public var columns: [ReportedColumn]
    public var visibility: Visibility
    public var licence: String?

    package init(_ row: Row) {
        id = row.text("table_id")
        tenant = TenantID(row.text("tenant"))
        importID = row.text("import_id")
        title = row.text("title")
        visibility = Visibility(rawValue: row.text("visibility")) ?? .tenant
        licence = row.optionalText("licence")
        let tree = (try? JSON(parsing: row.bytes("columns"))) ?? .array([])
        columns = (tree.arrayValue ?? []).map {
            ReportedColumn(title: $0["title"]?.stringValue ?? "", type: $0["type"]?.stringValue)
        }
    }
}

/// A page of a table's rows.
public struct OpenTablePage: Sendable {
    public struct Line: Sendable {
        /// 1-based line of the file.
        public var line: Int
        public var cells: [JSON]
    }

    public var rows: [Line]
    public var total: Int
}

/// Tables of their own, in the database `datastore`.
package struct TableStore: Sendable {
    package let database: any Database

    package init(
        database: any Database
    ) {
        self.database = database
    }

    package func get(_ context: OperationContext, importID: String) async throws(Refusal) -> OpenTable? {
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM connect_table_versions WHERE import_id = ?", [.text(importID)])
        }
        return rows.first.map(OpenTable.init)
    }

    /// Rows in the file's order.
    package func rows(
        _ context: OperationContext, _ table: OpenTable, limit: Int, offset: Int
    ) async throws(Refusal) -> OpenTablePage {
        let key: [SQLValue] = [.text(table.tenant.rawValue), .text(table.importID)]
        return try await database.query(context) { reader throws(Refusal) in
            let total = try reader.count(
                "SELECT COUNT(*) FROM connect_table_rows WHERE tenant = ? AND import_id = ?", key)
            let rows = try reader.rows(
                """
                SELECT line, cells FROM connect_table_rows WHERE tenant = ? AND import_id = ?
                ORDER BY row_number LIMIT ? OFFSET ?
                """, key + [.int(limit), .int(offset)])
            let lines = rows.map { row in
                OpenTablePage.Line(
                    line: row.int("line"), cells: (try? JSON(parsing: row.bytes("cells")))?.arrayValue ?? [])
            }
            return OpenTablePage(rows: lines, total: total)
        }
    }
}
