import Entities
import Foundation
import Platform
import Storage

extension CommandRunner {
    func backUp(to path: String, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Refusal(.conflict, "\(path) is there already. Choose another name; a backup is never overwritten.")
        }
        let backup = Storage.Backup(parts.databases, LiveParts.migrationSets(parts.modules))
        let rows = try await backup.write(context, to: path)
        await emit(.line("Wrote \(path): \(rows) rows."))
        await emit(
            .line("Keep \(parts.auditKeyFile) and higo.yaml beside it: keys and settings are not in the archive."))
    }

    /// 1 if the chain is broken somewhere.
    func verifyAudit(_ emit: @Sendable (CommandEvent) async -> Void) async throws -> Int32 {
        let keys = [try AuditKey(file: parts.auditKeyFile)]
        var status: Int32 = 0
        for (name, database) in [("main", parts.databases.main), ("datastore", parts.databases.datastore)] {
            let report = try await AuditVerifier(database: database, keys: keys).verify(context)
            if let fault = report.fault {
                status = 1
                let place = "\(fault.table)\(fault.sequence.map { " row \($0)" } ?? "")"
                await emit(.problem("\(name): broken at \(place): \(fault.detail)"))
            } else {
                let until = report.wholeUntil.map { DateTime.text($0) } ?? "nothing is sealed yet"
                await emit(
                    .line(
                        "\(name): whole until \(until); \(report.rows) rows in \(report.blocks) blocks, "
                            + "\(report.checkpoints) signed checkpoints, \(report.unsealed) rows wait for the seal."))
            }
        }
        return status
    }
}
