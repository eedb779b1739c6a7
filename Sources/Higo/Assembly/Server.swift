import Connect
import Entities
import Foundation
import Logging
import Platform
import ServiceLifecycle
import Storage
import Web

/// `higo serve`: resumes and links, then listens, with everything that runs beside it.
struct Server {
    let parts: LiveParts
    /// The name of a list in `data/sources`, or `nil`.
    let link: String?

    func run() async throws {
        // Beside the imports too: what they write is folded while they go on.
        let work = try parts.backgroundWork()
        parts.databases.main.whenChanged { work.wake() }
        let background = BackgroundService(work: work, running: Task { await work.run() })
        do {
            try await serve(beside: background)
        } catch {
            work.stop()
            await background.running.value
            throw error
        }
    }

    private func serve(beside background: BackgroundService) async throws {
        try await linkFiles()
        let site = try Site(siteParts())
        let server = HigoServer(site: site, logger: parts.logger) { [settings = parts.settings] port in
            print("Higo answers on http://\(settings.server.host):\(port)/  (stop: Ctrl-C)")
            fflush(nil)
        }
        try await server.runUntilSignal(with: services(background))
    }

    private func siteParts() -> SiteParts {
        var site = SiteParts(modules: parts.modules, ports: parts.ports)
        site.settings = SiteSettings(parts.settings)
        site.authenticator = PlatformAuthenticator(parts.platform.authenticator, clock: parts.clock)
        site.problemPages = ProblemPages(parts.ports.pages)
        site.assets = AssetStore(folders: assetFolders)
        if parts.settings.server.isOpen { site.anonymous = openActor }
        site.clock = parts.clock
        site.readiness = [.migrated(parts.databases, LiveParts.migrationSets(parts.modules))]
        return site
    }

    private var assetFolders: [String] {
        let own = Modules.resourceTargets.map { "\(PageKit.programFolder)/higo_\($0).resources/Resources/Assets" }
        let project = URL(fileURLWithPath: parts.ports.dataFolder).deletingLastPathComponent().path
        return own + [project + "/Front"]
    }

    /// With `--open`, on loopback only: every right in the broker's APIs, none elsewhere, so that pages of officers stay
    /// closed.
    private var openActor: Actor {
        let rights = parts.modules.flatMap(\.permissions).map(\.permission).filter {
            $0.rawValue.hasPrefix("context.") && $0 != EntityStore.manageVisibility
        }
        return Actor(id: "open", kind: .key, tenant: .prefecture, permissions: Set(rights))
    }

    private func services(_ background: BackgroundService) -> [any Service] {
        var services: [any Service] = [background]
        if parts.settings.database.url == nil {
            let runner = CommandRunner(parts: parts)
            services.append(
                HandOverServer(path: LiveParts.socketPath(parts.settings), run: runner.run, logger: parts.logger))
        }
        return services
    }

    /// Goes on with imports that were cut off, then links what the list names and is new.
    private func linkFiles() async throws {
        let context = OperationContext.system("link", clock: parts.clock, logger: parts.logger)
        let printer = CommandPrinter()
        for report in try await parts.imports.resume(context) { printer.show(ReportLines.event(report)) }
        guard let link else { return }
        let list = try FileList.named(link, dataFolder: parts.ports.dataFolder)
        let root = URL(fileURLWithPath: parts.ports.dataFolder).deletingLastPathComponent().path
        var reports: [ImportReport] = []
        for path in list.paths(root: root) where FileManager.default.fileExists(atPath: path) {
            let report = try await withProgress({ printer.show($0) }) { observer in
                try await parts.imports.importFile(context, path: path, options: ImportOptions(), observer: observer)
            }
            if report.state != .unchanged { printer.show(ReportLines.event(report)) }
            reports.append(report)
        }
        try await parts.foldAll(context)
        printer.show(.line(summary(reports)))
    }

    private func summary(_ reports: [ImportReport]) -> String {
        guard !reports.isEmpty else { return "No files to link were found; towns and plan are there all the same." }
        func count(_ state: ImportReport.State) -> Int { reports.filter { $0.state == state }.count }
        let aside = reports.map(\.quarantined).reduce(0, +)
        return "Files: \(count(.applied)) linked, \(count(.unchanged)) unchanged, \(count(.refused)) refused; "
            + "\(aside) rows put aside."
    }
}
