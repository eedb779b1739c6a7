import ArgumentParser
import Foundation
import Platform
import Storage

/// Where the data are: every command takes these.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the embedded database, blobs, keys, lock and socket.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("Use PostgreSQL instead: postgres://user:password@host/name.", valueName: "url"))
    var database: String?

    @Option(help: ArgumentHelp("Set any setting, as in --set limits.rows=500. Repeatable.", valueName: "key=value"))
    var set: [String] = []

    /// The settings of all layers; `flags` are those that the command has of its own.
    func settings(_ flags: [String: String] = [:]) throws -> Settings {
        var all = flags
        if let data { all["database.folder"] = data }
        if let database { all["database.url"] = database }
        for entry in set {
            guard let mark = entry.firstIndex(of: "=") else {
                throw ValidationError("--set takes key=value, such as --set limits.rows=500; got '\(entry)'.")
            }
            all[String(entry[..<mark])] = String(entry[entry.index(after: mark)...])
        }
        let environment = ProcessInfo.processInfo.environment
        let folder = all["database.folder"] ?? environment["HIGO_DATABASE_FOLDER"] ?? ".var"
        let path = folder + "/higo.yaml"
        let file = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        return try Settings(flags: all, environment: environment, file: file, fileName: path)
    }
}
