import Connect
import Foundation
import Storage

/// `validate` and `import --dry-run`: the report without a database.
struct FileValidation {
    var tenant: String?
    var model: String?
    var limits: ImportLimits

    func run(_ files: [String], _ emit: @escaping @Sendable (CommandEvent) -> Void) async throws -> Int32 {
        let dataFolder = try DataFolder.find()
        var options = ImportOptions(model: model)
        if let tenant { options.tenant = TenantID(tenant) }
        var status: Int32 = 0
        for file in files {
            do {
                let report = try await ImportService.validate(
                    path: absolutePath(file), options: options, dataFolder: dataFolder, limits: limits,
                    observer: { emit(.progress(label: $0.file, done: $0.rowsDone, total: $0.rowsTotal ?? 0)) })
                if report.state == .refused { status = 1 }
                emit(ReportLines.event(report))
            } catch {
                status = 1
                emit(.problem("✗ \(file): \(error.detail)"))
            }
        }
        return status
    }
}
