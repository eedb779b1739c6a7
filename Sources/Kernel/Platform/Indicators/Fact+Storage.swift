import Civic
import Foundation
import JSON
import Storage

extension EventType {
    static let factRecorded: EventType = "platform.fact.recorded"
    static let factRetracted: EventType = "platform.fact.retracted"
}

extension Transaction {
    /// Records a fact, or replaces what its key said before; an equal one writes nothing.
    public func record(_ fact: Fact) throws(Refusal) {
        let before = try storedFact(indicator: fact.indicator, key: fact.key)
        if before == fact { return }
        try execute(
            """
            INSERT INTO platform_facts (indicator, key, tenant, day, breakdown, value, evidence, source, recorded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (indicator, key) DO UPDATE SET tenant = excluded.tenant, day = excluded.day,
            breakdown = excluded.breakdown, value = excluded.value, evidence = excluded.evidence,
            source = excluded.source, recorded = excluded.recorded
            """, fact.values + [.instant(context.now)])
        try record(
            Change(
                .factRecorded, space: fact.cell.tenant, key: "\(fact.indicator) \(fact.key)",
                before: before?.json.bytes, after: fact.json.bytes))
    }

    /// Takes a fact back. One that is not there changes nothing.
    public func retractFact(indicator: String, key: String) throws(Refusal) {
        guard let before = try storedFact(indicator: indicator, key: key) else { return }
        try execute("DELETE FROM platform_facts WHERE indicator = ? AND key = ?", [.text(indicator), .text(key)])
        try record(
            Change(
                .factRetracted, space: before.cell.tenant, key: "\(indicator) \(key)", before: before.json.bytes))
    }

    private func storedFact(indicator: String, key: String) throws(Refusal) -> Fact? {
        try get(RowKey("platform_facts", [("indicator", .text(indicator)), ("key", .text(key))])).flatMap(Fact.init)
    }
}

extension Fact {
    init?(row: Row) {
        guard let day = CivilDate(dayNumber: row.int("day")), let value = Decimal(string: row.text("value")) else {
            return nil
        }
        self.init(
            indicator: row.text("indicator"), key: row.text("key"), tenant: FigureCell.tenant(row.text("tenant")),
            day: day, breakdown: FigureCell.breakdown(row.text("breakdown")), value: value,
            evidence: row.text("evidence"), source: Source(rawValue: row.text("source")) ?? .measured)
    }

    /// The columns of `platform_facts` up to `source`.
    var values: [SQLValue] {
        [
            .text(indicator), .text(key), .text(cell.tenant), .int(day.dayNumber), .text(cell.breakdown),
            .text("\(value)"), .text(evidence), .text(source.rawValue),
        ]
    }

    /// What a fold needs, as the change log keeps it.
    var json: JSON {
        [
            "indicator": .string(indicator), "tenant": .string(cell.tenant), "day": JSON(day.dayNumber),
            "breakdown": .string(cell.breakdown), "value": .string("\(value)"),
        ]
    }

    var cell: FigureCell { FigureCell(indicator: indicator, day: day.dayNumber, tenant: tenant, breakdown: breakdown) }
}
