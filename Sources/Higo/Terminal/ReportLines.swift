import Connect
import Storage

/// An import's report as a person reads it in a terminal.
enum ReportLines {
    static func event(_ report: ImportReport) -> CommandEvent {
        report.state == .refused ? .problem(text(report)) : .line(text(report))
    }

    static func text(_ report: ImportReport) -> String {
        switch report.state {
        case .refused: "✗ \(report.file): refused. \(report.refusal ?? "")"
        case .unchanged: "= \(report.file): linked before, unchanged."
        case .checked:
            (["· \(report.file): \(what(report))", figures(report, report.rows - report.quarantined, "readable")]
                + notes(report)).joined(separator: "\n")
        case .applied:
            (["✓ \(report.file): \(what(report))", figures(report, report.linked, "linked")] + notes(report)).joined(
                separator: "\n")
        }
    }

    private static func what(_ report: ImportReport) -> String {
        let score = report.kind == "model" ? ", match \(Int((report.score * 100).rounded())) %" : ""
        let licence = report.licence.map { ", \($0)" } ?? ", licence not stated: signed-in officers only"
        let seconds = Int((report.seconds * 1_000).rounded())
        return "\(report.kind) \(report.title)\(score)\(licence) (\(report.rows) rows, \(seconds) ms)"
    }

    private static func figures(_ report: ImportReport, _ count: Int, _ verb: String) -> String {
        var parts = ["\(count) \(verb)"]
        if report.updated > 0 { parts.append("\(report.updated) updated") }
        if report.unchanged > 0 { parts.append("\(report.unchanged) unchanged") }
        if report.corrected > 0 { parts.append("\(report.corrected) cells corrected") }
        if report.quarantined > 0 { parts.append("\(report.quarantined) rows put aside") }
        return "    " + parts.joined(separator: ", ")
    }

    private static func notes(_ report: ImportReport) -> [String] {
        (report.reasons + report.warnings).prefix(5).map { reason in
            let lines = reason.lines.prefix(3).map(String.init).joined(separator: ", ")
            return "    \(reason.count) × \(reason.text)"
                + (lines.isEmpty ? "" : " (line \(lines)\(reason.count > 3 ? ", …" : ""))")
        }
    }
}
