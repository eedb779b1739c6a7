import Foundation
import Mustache

extension PageKit {
    /// Reads words and templates of these modules from the resource folders beside the program (`higo_Portal.resources`).
    public static func load(modules: [String], besides program: String = programFolder) throws(PageKitError) -> PageKit
    {
        try load(folders: modules.map { "\(program)/higo_\($0).resources/Resources" })
    }

    /// Reads `Words/{ja,ja-easy,en}.yaml` and `Templates/*.mustache` of each folder; either may be absent.
    public static func load(folders: [String]) throws(PageKitError) -> PageKit {
        var words = Words()
        var templates = MustacheLibrary()
        for folder in folders {
            guard FileManager.default.fileExists(atPath: folder) else { throw .missingFolder(folder) }
            for language in Language.allCases {
                let path = "\(folder)/Words/\(language.rawValue).yaml"
                guard let text = text(path) else { continue }
                try words.add(yaml: text, language: language, source: path)
            }
            try addTemplates(of: folder + "/Templates", to: &templates)
        }
        return PageKit(words: words, templates: templates)
    }

    /// The folder of the running program.
    public static var programFolder: String {
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }

    private static func addTemplates(of folder: String, to library: inout MustacheLibrary) throws(PageKitError) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for file in files.sorted() where file.hasSuffix(".mustache") {
            do {
                try library.register(text("\(folder)/\(file)") ?? "", named: String(file.dropLast(9)))
            } catch {
                throw .template(file, String(describing: error))
            }
        }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
