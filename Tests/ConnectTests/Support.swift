import Connect
import Foundation
import JSON
import Storage
import Tabular

/// The project's own data folder.
let dataFolder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../data").path

/// Real files of publishers, where the folder is there.
let realFolder = "../shared/data"
let hasRealFiles = FileManager.default.fileExists(atPath: realFolder)

/// The rows that a check hands on.
final class Gathered: @unchecked Sendable {
    var rows: [StagedRow] = []
    var aside: [QuarantinedRow] = []

    var entities: [MappedRow] {
        rows.compactMap { if case .entity(let row, _) = $0 { row } else { nil } }
    }

    var measurements: [Connect.Measurement] {
        rows.compactMap { if case .measurement(let row) = $0 { row } else { nil } }
    }
}

func check(
    path: String, options: ImportOptions = ImportOptions(), places: MunicipalityFinder = .empty,
    limits: ImportLimits = .init()
) async throws -> (FileCheck.Outcome, Gathered) {
    let catalogue = try ModelCatalogue(folder: "\(dataFolder)/models")
    let sources = try KnownSources(folder: "\(dataFolder)/sources")
    let identity = try FileIdentity(path: path)
    let recogniser = FileRecogniser(catalogue: catalogue, places: places, limits: limits)
    let gathered = Gathered()
    let outcome = try await FileCheck(recogniser: recogniser, options: options).run(
        path: path, identity: identity, terms: sources.terms(ofFile: identity.name, licence: options.licence),
        onChunk: { chunk throws(Refusal) in gathered.rows += try StagedPayload.decode(chunk.payload) },
        onQuarantine: { gathered.aside += $0 }, progress: { _ in })
    return (outcome, gathered)
}

/// Checks a text as a file of that name.
func check(
    _ text: String, name: String, options: ImportOptions = ImportOptions(), places: MunicipalityFinder = .empty
) async throws -> (FileCheck.Outcome, Gathered) {
    try await check(bytes: Array(text.utf8), name: name, options: options, places: places)
}

func check(
    bytes: [UInt8], name: String, options: ImportOptions = ImportOptions(), places: MunicipalityFinder = .empty
) async throws -> (FileCheck.Outcome, Gathered) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
    return try await check(path: path, options: options, places: places)
}

extension MappedRow {
    /// The value of a Property or GeoProperty.
    func value(_ name: String) -> JSON? { attributes[name]?["value"] }
}
