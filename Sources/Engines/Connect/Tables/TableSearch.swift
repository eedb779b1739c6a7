import Entities
import JSON
import Storage
import Web

/// Finds words in tables of their own.
package struct TableSearch: Sendable {
    package let database: any Database

    package init(
        database: any Database
    ) {
        self.database = database
    }

    package func find(_ context: OperationContext, _ words: String, limit: Int) async throws(Refusal) -> SearchGroup {
        let sight = TableSearch.sight(of: context.actor)
        let rows = try await database.query(context) { reader throws(Refusal) in
            let match = TableSchema.text.condition(matching: words, number: "r.number", dialect: reader.dialect)
            let condition = SQLFragment.all([match, sight])
            let from = """
                FROM connect_table_rows r
                JOIN connect_table_versions t ON t.tenant = r.tenant AND t.import_id = r.import_id
                JOIN connect_tables s ON s.tenant = t.tenant AND s.id = t.table_id AND s.import_id = t.import_id
                WHERE \(condition.sql)
                """
            let total = try reader.count("SELECT COUNT(*) \(from)", condition.arguments)
            let found = try reader.rows(
                "SELECT r.cells, r.row_number, r.import_id, t.title \(from) ORDER BY r.number LIMIT ?",
                condition.arguments + [.int(limit)])
            return (total, found)
        }
        return SearchGroup(hits: rows.1.map(TableSearch.hit), total: rows.0)
    }

    private static func sight(of actor: Actor) -> SQLFragment {
        if actor.isUnrestricted { return SQLFragment("1 = 1") }
        guard actor.belongsToABody else { return SQLFragment("t.visibility = ?", [.text(Visibility.public.rawValue)]) }
        return SQLFragment(
            "t.visibility <> ? OR t.tenant = ?",
            [.text(Visibility.tenant.rawValue), .text(actor.tenant?.rawValue ?? "")])
    }

    private static func hit(_ row: Row) -> SearchGroup.Hit {
        let cells = (try? JSON(parsing: row.bytes("cells")))?.arrayValue ?? []
        let texts = cells.compactMap(\.stringValue).filter { !$0.isEmpty }
        let page = (row.int("row_number") - 1) / ImportPages.pageSize + 1
        return SearchGroup.Hit(
            title: texts.first ?? row.text("title"), excerpt: String(texts.joined(separator: " ").prefix(160)),
            path: "/imports/\(row.text("import_id"))?page=\(page)#rows")
    }
}
