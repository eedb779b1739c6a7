import Entities
import Storage

extension ImportService {
    /// Size and date decide first; only if they differ is the file read for its digest.
    package func unchangedReport(
        _ context: OperationContext, _ path: String, _ identity: FileIdentity, _ options: ImportOptions,
        _ terms: SourceTerms
    ) async throws(Refusal) -> ImportReport? {
        guard let last = try await store.lastApplied(context, tenant: options.tenant, file: identity.name),
            last.catalogue == state(of: options), last.size == identity.size
        else { return nil }
        // The two databases may have been put back from different times.
        if last.kind == .table, try await tables.get(context, importID: last.id) == nil { return nil }
        if last.modified != identity.modified {
            guard try FileIdentity.digest(path: path) == last.digest else { return nil }
            try await store.touch(context, last, identity)
        }
        var report = last.report
        report.state = .unchanged
        report.unchanged = report.rows - report.quarantined
        report.linked = 0
        report.updated = 0
        report.seconds = 0
        return report
    }

    /// Nil if the file was refused.
    package func checkAndApply(
        _ context: OperationContext, _ draft: ImportDraft, _ options: ImportOptions, _ observer: ImportObserver?
    ) async throws(Refusal) -> ImportReport? {
        let recogniser = FileRecogniser(
            catalogue: catalogue, places: try await finder(context), limits: limits)
        let aside = Counter()
        let outcome: FileCheck.Outcome
        do throws(Refusal) {
            outcome = try await FileCheck(recogniser: recogniser, options: options).run(
                path: draft.path, identity: draft.identity, terms: draft.terms,
                onChunk: { chunk throws(Refusal) in try await store.stage(context, draft, chunk) },
                onQuarantine: { rows throws(Refusal) in
                    try await store.putAside(context, draft, rows, from: aside.add(rows.count))
                },
                progress: {
                    observer?(ImportProgress(file: draft.identity.name, stage: .checking, rowsDone: $0))
                })
        } catch {
            guard error.code != .storage, error.code != .unavailable else { throw error }
            let report = ImportReport(
                file: draft.identity.name, terms: draft.terms, state: .refused, refusal: error.detail)
            try await store.refuse(context, tenant: draft.tenant, id: draft.id, report)
            return nil
        }
        try await store.startApplying(context, draft, outcome)
        guard let record = try await store.get(context, id: draft.id) else { return nil }
        return try await apply(context, record, observer)
    }

    package func refusedReport(_ context: OperationContext, _ draft: ImportDraft) async throws(Refusal) -> ImportReport
    {
        var report = try await store.get(context, id: draft.id)?.report ?? draft.report
        report.importID = draft.id
        report.state = .refused
        return report
    }

    /// Applies what is still staged of an import, from the chunk after the last applied one.
    package func apply(
        _ context: OperationContext, _ record: ImportRecord, _ observer: ImportObserver?
    ) async throws(Refusal) -> ImportReport {
        let applier = ChunkApplier(
            database: database, tables: tables, entities: entities, record: record,
            series: catalogue.series.first { $0.id == record.series })
        var report = record.report
        let total = report.rows - report.quarantined
        for chunk in (record.applied..<max(record.applied, record.chunks)).map({ $0 + 1 }) {
            let counts = try await applier.apply(context, chunk: chunk)
            report.linked += counts.created
            report.updated += counts.updated
            report.unchanged += counts.unchanged
            observer?(
                ImportProgress(
                    file: record.file, stage: .applying, rowsDone: total * chunk / max(1, record.chunks),
                    rowsTotal: total))
        }
        report.state = .applied
        report.importID = record.id
        report.seconds = context.now.seconds(since: record.started)
        if record.kind == .table { try await tables.publish(context, record) }
        if let group = record.sameAsGroup { try await SameAsMatcher(self).match(context, group: group) }
        try await store.finish(context, record, report)
        observer?(ImportProgress(file: record.file, stage: .finished, rowsDone: total, rowsTotal: total))
        return report
    }

    /// Goes on with imports that a crash left: what was staged whole is applied, what was not is begun again by its owner.
    public func resume(_ context: OperationContext, observer: ImportObserver? = nil) async throws(Refusal)
        -> [ImportReport]
    {
        var reports: [ImportReport] = []
        for record in try await store.unfinished(context) {
            switch record.state {
            case .applying:
                do throws(Refusal) {
                    reports.append(try await apply(context, record, observer))
                } catch  where error.code != .storage && error.code != .unavailable {
                    // What cannot be applied now cannot be applied later: it must not hold up every start.
                    reports.append(try await refuse(context, record, error.detail))
                }
            default:
                let reason = "The import was cut off before the file was checked to its end. Import it again."
                _ = try await refuse(context, record, reason)
            }
        }
        return reports
    }

    private func refuse(
        _ context: OperationContext, _ record: ImportRecord, _ reason: String
    ) async throws(Refusal) -> ImportReport {
        var report = record.report
        report.state = .refused
        report.refusal = reason
        if record.kind == .table { try await tables.withdraw(context, record) }
        try await store.refuse(context, tenant: record.tenant, id: record.id, report)
        return report
    }

    /// Names from the project's own list, areas from what was linked.
    package func finder(_ context: OperationContext) async throws(Refusal) -> MunicipalityFinder {
        MunicipalityFinder(
            codeByName: MunicipalityNames.codes(dataFolder: dataFolder),
            regions: try await MunicipalityRegions.load(context, entities))
    }
}

/// Counts from inside closures of one task.
private final class Counter: @unchecked Sendable {
    private var value = 0

    /// The value before adding.
    func add(_ count: Int) -> Int {
        defer { value += count }
        return value
    }
}
