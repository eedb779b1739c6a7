import Connect
import Foundation
import Platform
import Storage

/// Does what commands ask, in the process that holds the data.
struct CommandRunner: Sendable {
    let parts: LiveParts

    /// The exit status: 0 done, 1 refused.
    func run(_ command: Command, _ emit: @escaping @Sendable (CommandEvent) async -> Void) async -> Int32 {
        do {
            switch command {
            case .importFiles(let files, let tenant, let model):
                return try await link(files, tenant: tenant, model: model, emit)
            case .undoImport(let id):
                let kept = try await parts.imports.undo(context, importID: id)
                await emit(.line("Undone: \(id)."))
                if kept > 0 {
                    await emit(.line("\(kept) entities were changed since by others, and stay as they are."))
                }
            case .backup(let path): try await backUp(to: path, emit)
            case .createUser, .disableUser, .enableUser, .setPassword, .listUsers:
                try await administerUsers(command, emit)
            case .createUnit, .closeUnit, .listUnits: try await administerUnits(command, emit)
            case .grantRole, .endRole, .listRoles, .nameDeputy, .endDeputy: try await administerRoles(command, emit)
            case .setVisibility, .listVisibility: try await administerVisibility(command, emit)
            case .createKey, .revokeKey, .listKeys: try await administerKeys(command, emit)
            case .verifyAudit: return try await verifyAudit(emit)
            }
            return 0
        } catch let refusal as Refusal {
            await emit(.problem("Refused: \(refusal.detail)"))
            for fault in refusal.faults { await emit(.problem("  \(fault.pointer): \(fault.detail)")) }
        } catch {
            await emit(.problem("Failed: \(error)"))
        }
        return 1
    }

    var context: OperationContext { .system("admin", clock: parts.clock, logger: parts.logger) }
}
