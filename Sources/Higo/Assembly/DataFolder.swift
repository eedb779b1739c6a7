import Foundation
import Storage
import Web

/// Finds the folder `data/` that travels with Higo: beside the program or above it, else in the working folder.
enum DataFolder {
    static func find() throws(Refusal) -> String {
        var folder = URL(fileURLWithPath: PageKit.programFolder)
        for _ in 0..<5 {
            if isData(folder.path + "/data") { return folder.path + "/data" }
            folder.deleteLastPathComponent()
        }
        let working = FileManager.default.currentDirectoryPath + "/data"
        guard isData(working) else {
            throw Refusal(
                .unavailable, "The folder 'data' that travels with Higo is neither beside the program nor here.")
        }
        return working
    }

    private static func isData(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/tenants/municipalities.csv")
    }
}
