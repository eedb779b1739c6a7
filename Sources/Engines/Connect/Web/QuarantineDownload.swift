import HTTPTypes
import Storage
import Tabular
import Web

/// Rows put aside as CSV: line, reason, and the row as it stands in the file.
struct QuarantineDownload: Sendable {
    private static let batch = 1_000

    let service: ImportService
    let words: WordBook

    func answer(_ call: Call, _ record: ImportRecord) async throws -> Answer {
        let store = service.store
        let context = call.context
        let name =
            "\(record.file.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }).quarantine.csv"
        return Answer(
            .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: .stream { write in
                var writer = TableWriter()
                writer.append(["line", "kind", "reason", "original"])
                var position = -1
                while true {
                    let rows = try await store.quarantine(
                        context, record, after: position, limit: QuarantineDownload.batch)
                    for row in rows {
                        writer.append([
                            String(row.line), row.reason.kind.rawValue, row.reason.phrase(words).text, row.original,
                        ])
                    }
                    try await write(writer.drain())
                    position += rows.count
                    if rows.count < QuarantineDownload.batch { break }
                }
            })
    }
}
