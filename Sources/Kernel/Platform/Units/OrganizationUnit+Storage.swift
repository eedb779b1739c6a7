import JSON
import Storage

extension OrganizationUnit {
    func insert(in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            """
            INSERT INTO platform_units (tenant, id, parent, name, kana, starts, ends, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, 1)
            """,
            [
                .text(tenant.rawValue), .text(id), .optional(parentID), .text(name), .optional(kana),
                .optional(term.starts), .optional(term.ends),
            ])
        try transaction.record(Change(.unitCreated, space: tenant.rawValue, key: id, after: json.bytes))
    }

    func update(from present: OrganizationUnit, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            """
            UPDATE platform_units SET parent = ?, name = ?, kana = ?, starts = ?, ends = ?, version = version + 1
            WHERE tenant = ? AND id = ?
            """,
            [
                .optional(parentID), .text(name), .optional(kana), .optional(term.starts), .optional(term.ends),
                .text(tenant.rawValue), .text(id),
            ])
        try transaction.record(
            Change(.unitUpdated, space: tenant.rawValue, key: id, before: present.json.bytes, after: json.bytes))
    }

    /// Refuses a parent that is missing or stands below the unit itself.
    func requireTree(in reader: any Reader) throws(Refusal) {
        guard let parentID else { return }
        try OrganizationUnit.require(parentID, of: tenant, in: reader)
        let rows = try reader.rows("SELECT * FROM platform_units WHERE tenant = ?", [.text(tenant.rawValue)])
        let tree = UnitTree(rows.map(OrganizationUnit.init(row:)))
        let isBelow = parentID == id || tree.ancestors(of: parentID).contains { $0.id == id }
        guard !isBelow else {
            throw Refusal(.invalid, "The unit '\(id)' cannot stand below itself: choose another parent.")
        }
    }

    private var json: JSON {
        [
            "parent": JSON(parentID), "name": .string(name), "kana": JSON(kana),
            "starts": term.starts.map { .int($0.microseconds) } ?? .null,
            "ends": term.ends.map { .int($0.microseconds) } ?? .null,
        ]
    }
}
