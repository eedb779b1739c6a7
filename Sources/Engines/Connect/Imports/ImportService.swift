import Entities
import Storage

/// Links files: recognises them, checks them whole, applies them in chunks, resumes after a crash, undoes.
public struct ImportService: Sendable {
    package let databases: any Databases
    package let entities: EntityStore
    public let catalogue: ModelCatalogue
    public let sources: KnownSources
    package let dataFolder: String
    package let limits: ImportLimits

    package var database: any Database { databases.main }
    package var tables: TableStore { TableStore(database: databases.datastore) }
    package var store: ImportStore { ImportStore(database: database) }

    /// - Parameters:
    ///   - databases: imports and their staging lie in `main`, tables of their own in `datastore`.
    ///   - dataFolder: the folder `data` that travels with Higo.
    public init(
        databases: any Databases, entities: EntityStore, dataFolder: String, limits: ImportLimits = .init()
    ) throws(Refusal) {
        self.databases = databases
        self.limits = limits
        self.entities = entities
        self.dataFolder = dataFolder
        catalogue = try ModelCatalogue(folder: "\(dataFolder)/models")
        sources = try KnownSources(folder: "\(dataFolder)/sources")
    }

    /// Checks a file without linking it, and needs no database: its report says what an import would find.
    public static func validate(
        path: String, options: ImportOptions, dataFolder: String, limits: ImportLimits = .init(),
        observer: ImportObserver? = nil
    ) async throws(Refusal) -> ImportReport {
        let catalogue = try ModelCatalogue(folder: "\(dataFolder)/models")
        let sources = try KnownSources(folder: "\(dataFolder)/sources")
        let identity = try FileIdentity(path: path)
        let terms = sources.terms(ofFile: identity.name, licence: options.licence)
        let names = MunicipalityNames.codes(dataFolder: dataFolder)
        let recogniser = FileRecogniser(
            catalogue: catalogue, places: MunicipalityFinder(codeByName: names, regions: nil), limits: limits)
        let started = monotonicNanoseconds()
        var report: ImportReport
        do throws(Refusal) {
            report = try await FileCheck(recogniser: recogniser, options: options).run(
                path: path, identity: identity, terms: terms, onChunk: { _ in }, onQuarantine: { _ in },
                progress: { observer?(ImportProgress(file: identity.name, stage: .checking, rowsDone: $0)) }
            ).report
        } catch {
            report = ImportReport(file: identity.name, terms: terms, state: .refused, refusal: error.detail)
        }
        report.seconds = secondsSince(started)
        return report
    }

    /// Links a file. A file whose content was linked before changes nothing; a file that is refused changes nothing.
    /// - Throws: only if the actor may not import or the database fails; what is wrong with the file is in the report.
    public func importFile(
        _ context: OperationContext, path: String, options: ImportOptions, observer: ImportObserver? = nil
    ) async throws(Refusal) -> ImportReport {
        try context.require(ConnectPermissions.run)
        let started = monotonicNanoseconds()
        let identity = try FileIdentity(path: path)
        let terms = sources.terms(ofFile: identity.name, licence: options.licence)
        if let report = try await unchangedReport(context, path, identity, options, terms) { return report }
        let draft = ImportDraft(
            id: ImportID.make(at: context.now), tenant: options.tenant, path: path, identity: identity,
            digest: try FileIdentity.digest(path: path), catalogue: state(of: options), terms: terms,
            report: ImportReport(file: identity.name, terms: terms, state: .checked))
        try await store.begin(context, draft)
        guard var report = try await checkAndApply(context, draft, options, observer) else {
            return try await refusedReport(context, draft)
        }
        report.seconds = ImportService.secondsSince(started)
        return report
    }

    /// Links the files of a list in order. Files that are missing are passed over.
    public func importList(
        _ context: OperationContext, _ list: FileList, root: String, observer: ImportObserver? = nil
    ) async throws(Refusal) -> [ImportReport] {
        var reports: [ImportReport] = []
        for path in list.paths(root: root) where (try? FileIdentity(path: path)) != nil {
            reports.append(try await importFile(context, path: path, options: ImportOptions(), observer: observer))
        }
        return reports
    }

    /// Catalogue and options that change what a file becomes.
    package func state(of options: ImportOptions) -> String {
        [catalogue.digest, options.model ?? "", options.licence ?? ""].joined(separator: "/")
    }

    package static func secondsSince(_ start: UInt64) -> Double {
        Double(monotonicNanoseconds() - start) / 1_000_000_000
    }
}
