/// What waits for a database, a line for each tenant, taken in turn so that no tenant's flood holds up the others.
package struct TenantLine<Body: Sendable>: Sendable {
    private var lines: [TenantID: [Body]] = [:]
    /// Tenants with bodies waiting, the one whose turn it is first.
    private var turns: [TenantID] = []

    package init() {}

    package var isEmpty: Bool { turns.isEmpty }

    package mutating func append(_ body: Body, of tenant: TenantID) {
        if lines[tenant] == nil { turns.append(tenant) }
        lines[tenant, default: []].append(body)
    }

    /// At most `limit` bodies; each tenant's own in the order they came.
    package mutating func take(_ limit: Int) -> [Body] {
        if turns.count == 1, let tenant = turns.first, let line = lines[tenant], line.count <= limit {
            lines.removeAll(keepingCapacity: true)
            turns.removeAll(keepingCapacity: true)
            return line
        }
        return takeInTurn(limit)
    }

    private mutating func takeInTurn(_ limit: Int) -> [Body] {
        var taken: [Body] = []
        var used: [TenantID: Int] = [:]
        var turn = 0
        var waiting = turns
        while taken.count < limit, !waiting.isEmpty {
            if turn >= waiting.count { turn = 0 }
            let tenant = waiting[turn]
            let position = used[tenant, default: 0]
            guard let line = lines[tenant], position < line.count else {
                waiting.remove(at: turn)
                continue
            }
            taken.append(line[position])
            used[tenant] = position + 1
            turn += 1
        }
        drop(used, turns: Array(waiting[min(turn, waiting.count)...] + waiting[..<min(turn, waiting.count)]))
        return taken
    }

    private mutating func drop(_ used: [TenantID: Int], turns next: [TenantID]) {
        for (tenant, count) in used {
            lines[tenant]?.removeFirst(count)
            if lines[tenant]?.isEmpty == true { lines[tenant] = nil }
        }
        turns = next.filter { lines[$0] != nil }
    }
}
