/// Leases: whatever must run once at a time holds one, renews it in time, and checks it in its transactions.
///
/// Nodes' clocks must agree within a few seconds.
extension Transaction {
    /// Takes or renews a lease; false if another holds it, and then nothing was written.
    public func takeLease(_ name: String, holder: String, seconds: Double = 10) throws(Refusal) -> Bool {
        if let held = try lease(name), held.holder != holder, held.expires > context.now { return false }
        try execute(
            """
            INSERT INTO leases (name, holder, expires) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
            """, [.text(name), .text(holder), .instant(context.now.advanced(bySeconds: seconds))])
        return true
    }

    /// Refuses with `conflict` unless `holder` has the lease now.
    public func requireLease(_ name: String, holder: String) throws(Refusal) {
        if let held = try lease(name), held.holder == holder, held.expires > context.now { return }
        throw Refusal(.conflict, "The lease '\(name)' was lost to another process.")
    }

    /// Gives a lease back early; no harm if another has it.
    public func releaseLease(_ name: String, holder: String) throws(Refusal) {
        guard try lease(name)?.holder == holder else { return }
        try execute("DELETE FROM leases WHERE name = ?", [.text(name)])
    }

    private func lease(_ name: String) throws(Refusal) -> (holder: String, expires: Instant)? {
        try row("SELECT holder, expires FROM leases WHERE name = ?", [.text(name)])
            .map { (holder: $0.text("holder"), expires: $0.instant("expires")) }
    }
}
