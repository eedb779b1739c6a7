import Storage

extension EntityStore {
    /// Looks at what the change log has brought since the last look, and lets the versions of the spaces grow that it
    /// names. Where several processes write one database, each looks for itself, after every commit that it hears of
    /// and every second: a consumer would tell only the process that runs it.
    public func followChanges(_ context: OperationContext) async throws(Refusal) {
        let place = versions.place
        let (end, spaces) = try await database.query(context) { reader throws(Refusal) in
            let end = try ChangeLog.end(in: reader)
            return (end, try place.map { place throws(Refusal) in try ChangeLog.spaces(after: place, in: reader) })
        }
        if place != end { versions.saw(spaces, upTo: end) }
    }
}
