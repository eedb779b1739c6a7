import Foundation

/// The sources as the architecture sees them: targets by layer, and who imports whom.
struct SourceTree {
    /// A layer, from the bottom. A target may import targets of lower layers only.
    enum Layer: Int, Comparable {
        case foundation, kernel, module, program

        static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
    }

    struct Import: Hashable, CustomStringConvertible {
        var importer: String
        var imported: String
        var file: String

        var description: String { "\(file): \(importer) imports \(imported)" }
    }

    /// Folders of `Sources` and the layer of the targets in them; targets named here are a folder of their own.
    static let layers: [(folder: String, layer: Layer)] = [
        ("Foundations", .foundation), ("Kernel", .kernel), ("Engines", .module), ("Domains", .module),
        ("Portal", .module), ("Higo", .program),
    ]

    var layerOf: [String: Layer] = [:]
    var imports: [Import] = []
    var files: [URL] = []

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    init() throws {
        for (folder, layer) in Self.layers {
            let url = Self.root.appending(path: "Sources/\(folder)")
            guard FileManager.default.fileExists(atPath: url.path) else { continue }
            for (target, file) in Self.swiftFiles(in: url, isTarget: folder == "Portal" || folder == "Higo") {
                layerOf[target] = layer
                files.append(file)
                for name in try Self.importedNames(in: file) {
                    imports.append(Import(importer: target, imported: name, file: file.lastPathComponent))
                }
            }
        }
    }

    /// Every Swift file of a layer's folder with the target that it belongs to.
    private static func swiftFiles(in folder: URL, isTarget: Bool) -> [(String, URL)] {
        let depth = folder.pathComponents.count
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.map { file in
            (isTarget ? folder.lastPathComponent : file.pathComponents[depth], file)
        }
    }

    private static func importedNames(in file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index <= 2, words.count > index + 1 else { return nil }
            guard words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "package" }) else {
                return nil
            }
            return words[words.count - 1].split(separator: ".").first.map(String.init)
        }
    }
}
