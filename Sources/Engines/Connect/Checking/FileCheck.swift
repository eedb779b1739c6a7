import Storage
import Tabular

/// Reads a whole file, hands its sound rows on in chunks and its unreadable rows with their reasons.
package struct FileCheck {
    package let recogniser: FileRecogniser
    package let options: ImportOptions

    package init(
        recogniser: FileRecogniser, options: ImportOptions
    ) {
        self.recogniser = recogniser
        self.options = options
    }

    package struct Outcome {
        package var kind: RecognisedFile.Kind
        package var sameAsGroup: String?
        package var series: SeriesModel?
        package var chunks: Int
        package var report: ImportReport
    }

    /// - Parameters:
    ///   - onChunk: takes chunks in order.
    ///   - onQuarantine: takes unreadable rows, some at a time.
    package func run(
        path: String, identity: FileIdentity, terms: SourceTerms,
        onChunk: (StagedChunk) async throws(Refusal) -> Void,
        onQuarantine: ([QuarantinedRow]) async throws(Refusal) -> Void,
        progress: (Int) -> Void
    ) async throws(Refusal) -> Outcome {
        var file = try FileCheck.refusing { try recogniser.recognise(path, identity, options, terms) }
        var report = ImportReport(file: identity.name, recognised: file, terms: terms)
        var rows: [StagedRow] = []
        var aside: [QuarantinedRow] = []
        var chunks = 0
        let chunkRows = recogniser.limits.chunkRows
        while let produced = try FileCheck.refusing({ try file.producer.next() }) {
            report.note(produced)
            switch produced {
            case .staged(let row, _, _): rows.append(row)
            case .quarantined(let row): aside.append(row)
            }
            if rows.count == chunkRows {
                chunks += 1
                try await onChunk(StagedChunk(number: chunks, rows: rows.count, payload: StagedPayload.encode(rows)))
                rows.removeAll(keepingCapacity: true)
                progress(report.rows)
            }
            if aside.count == chunkRows {
                try await onQuarantine(aside)
                aside.removeAll(keepingCapacity: true)
            }
        }
        if !rows.isEmpty {
            chunks += 1
            try await onChunk(StagedChunk(number: chunks, rows: rows.count, payload: StagedPayload.encode(rows)))
        }
        if !aside.isEmpty { try await onQuarantine(aside) }
        progress(report.rows)
        try refuseIfTooBad(report)
        return Outcome(
            kind: file.kind, sameAsGroup: file.sameAsGroup, series: file.series, chunks: chunks, report: report)
    }

    private func refuseIfTooBad(_ report: ImportReport) throws(Refusal) {
        guard report.rows > 0 else { throw Refusal(.invalid, "The file holds a header and no rows.") }
        guard Double(report.quarantined) <= Double(report.rows) * options.toleratedShare else {
            throw Refusal(
                .invalid,
                "\(report.quarantined) of \(report.rows) rows cannot be read, so the file is refused as a whole. "
                    + "First reason: \(report.reasons.first?.text ?? "")")
        }
    }

    /// Whatever the layers below throw, said as one refusal.
    private static func refusing<T>(_ body: () throws -> T) throws(Refusal) -> T {
        do {
            return try body()
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as TabularError {
            throw Refusal(.invalid, error.description)
        } catch {
            throw Refusal(.invalid, "The file cannot be read: \(error)")
        }
    }
}
