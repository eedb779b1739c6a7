import Entities
import Platform
import ServiceLifecycle
import Storage
import Web

/// Consumers, jobs, sealers and tidying, which began before the server did, to its stop.
struct BackgroundService: Service {
    let work: BackgroundWork
    let running: Task<Void, Never>

    func run() async throws {
        await withGracefulShutdownHandler {
            await running.value
        } onGracefulShutdown: {
            work.stop()
        }
    }
}

extension LiveParts {
    /// What this process does besides answering.
    func backgroundWork() throws(Refusal) -> BackgroundWork {
        let holder = "\(ProcessName.current)"
        let main = databases.main
        let key = try AuditKey(file: auditKeyFile)
        var work = BackgroundWork.Parts(
            services: platform,
            consumers: consumers(holder: holder),
            jobs: [
                JobRunner(database: main, modules.flatMap { $0.jobs(ports) }, holder: holder, seed: ProcessName.seed)
            ],
            sealers: [main, databases.datastore].map {
                AuditSealer(
                    database: $0, key: key, holder: holder, checkpointSeconds: settings.audit.checkpointSeconds)
            },
            clock: clock, logger: logger)
        work.sealSeconds = settings.audit.sealSeconds
        work.followers = [{ [entities = ports.entities] context in try await entities.followChanges(context) }]
        work.longRunning = modules.flatMap { $0.longRunning(ports) }
        return BackgroundWork(work)
    }

    /// Lets what was written so far reach counts, history and search, so that a command ends when its result is there.
    func foldAll(_ context: OperationContext) async throws(Refusal) {
        for consumer in consumers(holder: "\(ProcessName.current)") { try await consumer.catchUp(context) }
    }

    private func consumers(holder: String) -> [ConsumerRunner] {
        modules.flatMap { $0.consumers(ports) }.map {
            ConsumerRunner($0, database: database(of: $0), holder: holder)
        }
    }

    var auditKeyFile: String { settings.audit.keyFile ?? settings.database.folder + "/audit.key" }

    private func database(of consumer: Consumer) -> any Database {
        consumer.database == .datastore ? databases.datastore : databases.main
    }
}
