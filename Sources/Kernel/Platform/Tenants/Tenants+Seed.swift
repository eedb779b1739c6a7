import Storage

extension Tenants {
    /// Puts the prefecture and the municipalities of `data/` into the database and loads the directory.
    ///
    /// Run at every start: rows that are as the file says are left alone, and no tenant is ever removed.
    /// - Returns: how many rows were written.
    @discardableResult
    public func seed(_ context: OperationContext, dataFolder: String) async throws(Refusal) -> Int {
        try await seed(context, [.kumamoto] + MunicipalityFile.read(folder: dataFolder))
    }

    @discardableResult
    package func seed(_ context: OperationContext, _ wanted: [Tenant]) async throws(Refusal) -> Int {
        let present = try await load(context)
        let differing = wanted.filter { present[$0.id] != $0 }
        guard !differing.isEmpty else { return 0 }
        try await change(context) { transaction throws(Refusal) in
            let columns = "SELECT tenant FROM platform_tenants"
            let known = Set(try transaction.rows(columns).map { $0.text("tenant") })
            for tenant in differing {
                if known.contains(tenant.id.rawValue) {
                    try tenant.update(in: transaction)
                } else {
                    try tenant.insert(in: transaction)
                }
            }
        }
        try await load(context)
        return differing.count
    }
}
