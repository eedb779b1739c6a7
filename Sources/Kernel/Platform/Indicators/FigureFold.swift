import Foundation
import JSON
import Storage

/// Folds facts from the change log into one row per indicator, day, tenant and breakdown.
enum FigureFold {
    /// The consumer to be run with the modules' own.
    static let consumer = Consumer("platform.figures", typePrefixes: ["platform.fact."]) {
        changes, transaction throws(Refusal) in
        for (cell, difference) in differences(changes) { try apply(difference, to: cell, in: transaction) }
    }

    private struct Difference {
        var facts = 0
        var total = Decimal(0)
    }

    private static func differences(_ changes: [ChangeRecord]) -> [FigureCell: Difference] {
        var differences: [FigureCell: Difference] = [:]
        for record in changes {
            for (bytes, sign) in [(record.change.before, -1), (record.change.after, 1)] {
                guard let bytes, let json = try? JSON(parsing: bytes), let cell = FigureCell(json) else { continue }
                guard let value = json["value"]?.stringValue.flatMap({ Decimal(string: $0) }) else { continue }
                differences[cell, default: Difference()].facts += sign
                differences[cell, default: Difference()].total += value * Decimal(sign)
            }
        }
        return differences
    }

    private static func apply(
        _ difference: Difference, to cell: FigureCell, in transaction: any Transaction
    ) throws(Refusal) {
        let key = cell.key.columns.map(\.value)
        let present = try transaction.get(cell.key)
        let facts = (present?.int("facts") ?? 0) + difference.facts
        let total = (present.flatMap { Decimal(string: $0.text("total")) } ?? 0) + difference.total
        guard facts > 0 else {
            try transaction.execute(
                "DELETE FROM platform_figures WHERE indicator = ? AND day = ? AND tenant = ? AND breakdown = ?", key)
            return
        }
        let latest = try transaction.row(
            """
            SELECT value FROM platform_facts WHERE indicator = ? AND day = ? AND tenant = ? AND breakdown = ?
            ORDER BY recorded DESC, key DESC LIMIT 1
            """, key)
        try transaction.execute(
            """
            INSERT INTO platform_figures (indicator, day, tenant, breakdown, facts, total, latest)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (indicator, day, tenant, breakdown)
            DO UPDATE SET facts = excluded.facts, total = excluded.total, latest = excluded.latest
            """,
            key + [.int(facts), .text("\(total)"), .optional(latest?.optionalText("value"))])
    }
}
