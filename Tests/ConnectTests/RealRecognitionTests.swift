import Foundation
import Testing

@testable import Connect

/// Every real file becomes what it should, with all its rows.
@Suite(.enabled(if: hasRealFiles)) struct RealRecognitionTests {
    struct Expected: CustomTestStringConvertible {
        var path: String
        var kind: String
        var type: String
        var rows: Int
        var quarantined: Int
        var testDescription: String { path }
    }

    static var expected: [Expected] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "real-recognition.tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 5, let rows = Int(cells[3]), let quarantined = Int(cells[4]) else { return nil }
            return Expected(path: cells[0], kind: cells[1], type: cells[2], rows: rows, quarantined: quarantined)
        }
    }

    @Test(arguments: expected) func recognises(_ file: Expected) async throws {
        let (outcome, gathered) = try await check(path: "\(realFolder)/\(file.path)")
        #expect(outcome.report.kind == file.kind)
        #expect(outcome.report.type ?? "" == file.type)
        #expect(outcome.report.rows == file.rows)
        #expect(outcome.report.quarantined == file.quarantined)
        #expect(gathered.rows.count == file.rows - file.quarantined)
        #expect(Set(gathered.entities.map(\.id)).count == gathered.entities.count)
    }

    @Test func printsAll() async throws {
        for folder in ["", "opendata", "timeseries", "gtfs", "disaster"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(realFolder)/\(folder)").sorted() {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                guard path.hasSuffix(".csv") || path.hasSuffix(".zip") || path.hasSuffix("geojson") else { continue }
                do {
                    let (outcome, gathered) = try await check(path: "\(realFolder)/\(path)")
                    let r = outcome.report
                    print("PP\t\(path)\t\(r.kind)\t\(r.type ?? "")\t\(r.rows)\t\(r.quarantined)\t\(r.score)\tcorr \(r.corrected)\twarn \(r.warnings.map { "\($0.text)×\($0.count)" })\t\(r.reasons.map(\.text))\tkey \(gathered.entities.first?.id ?? "")\tun \(r.columns.filter { $0.attribute == nil }.map(\.title).prefix(8))")
                } catch { print("PP\t\(path)\tERR \(error)") }
            }
        }
    }
}
