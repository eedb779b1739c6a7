import Foundation
import Testing

/// Arrows point down: Foundations ← Kernel ← modules ← Higo, and no module imports another.
@Suite struct ArchitectureTests {
    let tree: SourceTree

    init() throws { tree = try SourceTree() }

    /// The order inside the kernel; a target may import those before it.
    static let kernelOrder = ["Storage", "SQLiteStorage", "PostgreSQLStorage", "Platform", "Entities", "Web"]
    /// Foundations are leaves, but for these.
    static let foundationArrows: Set<[String]> = [["Geometry", "JSON"], ["LinkedData", "JSON"]]

    @Test func findsEveryLayer() {
        #expect(tree.layerOf["JSON"] == .foundation)
        #expect(tree.layerOf["Storage"] == .kernel)
        #expect(tree.layerOf["Portal"] == .module)
        #expect(tree.layerOf["Higo"] == .program)
        #expect(tree.imports.count > 50)
    }

    @Test func noImportPointsUpOrSideways() {
        let wrong = tree.imports.filter { arrow in
            guard let from = tree.layerOf[arrow.importer], let to = tree.layerOf[arrow.imported] else { return false }
            guard arrow.importer != arrow.imported else { return false }
            if from != to { return from < to }
            switch from {
            case .foundation: return !Self.foundationArrows.contains([arrow.importer, arrow.imported])
            case .kernel: return !isDown(arrow.importer, arrow.imported)
            case .module, .program: return true
            }
        }
        #expect(wrong.isEmpty, "\(wrong.map(\.description).joined(separator: "\n"))")
    }

    private func isDown(_ importer: String, _ imported: String) -> Bool {
        guard let from = Self.kernelOrder.firstIndex(of: importer), let to = Self.kernelOrder.firstIndex(of: imported)
        else { return false }
        return to < from
    }

    @Test func onlyTheProgramNamesLiveDatabases() {
        let live: Set = ["SQLiteStorage", "PostgreSQLStorage", "GRDB", "CPQ"]
        let wrong = tree.imports.filter { live.contains($0.imported) && $0.importer != "Higo" }
            .filter { !live.contains($0.importer) }
        #expect(wrong.isEmpty, "\(wrong.map(\.description).joined(separator: "\n"))")
    }

    @Test func foundationsKnowNoFramework() {
        let frameworks: Set = ["Hummingbird", "GRDB", "Logging", "NIOCore", "NIOPosix", "Mustache", "AsyncHTTPClient"]
        let wrong = tree.imports.filter { tree.layerOf[$0.importer] == .foundation && frameworks.contains($0.imported) }
        #expect(wrong.isEmpty, "\(wrong.map(\.description).joined(separator: "\n"))")
    }

    @Test func onlyWebKnowsTheServer() {
        let wrong = tree.imports.filter { $0.imported.hasPrefix("Hummingbird") && $0.importer != "Web" }
        #expect(wrong.isEmpty, "\(wrong.map(\.description).joined(separator: "\n"))")
    }

    @Test func manifestDeclaresNoArrowBetweenModules() throws {
        let manifest = try String(contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
        let modules = tree.layerOf.filter { $0.value == .module }.map(\.key)
        for line in manifest.split(separator: "\n") where line.contains("library(\"") {
            let named = modules.filter { line.contains("\"\($0)\"") }
            #expect(named.count <= 1, "\(line)")
        }
    }
}
