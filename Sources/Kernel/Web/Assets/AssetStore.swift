import Foundation
import Synchronization

/// All assets of the installation, read once at start, with their compressed forms.
public final class AssetStore: Sendable {
    private let byName: [String: Asset]
    /// Path → name.
    private let byPath: [String: String]
    private let compressed = Mutex<[String: [ContentCoding: [UInt8]]]>([:])

    public init(_ assets: [Asset] = []) {
        byName = Dictionary(assets.map { ($0.name, $0) }, uniquingKeysWith: { _, later in later })
        byPath = Dictionary(byName.values.map { ($0.path, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads all files under the folders; a folder that is not there is skipped (vendor files are optional). Of files
    /// with the same name the later folder's stands. Hidden files are left out.
    public convenience init(folders: [String]) {
        self.init(folders.flatMap(Self.assets))
    }

    private static func assets(under folder: String) -> [Asset] {
        guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
        return names.compactMap { $0 as? String }.sorted().compactMap { name in
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return nil }
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
                let data = FileManager.default.contents(atPath: path)
            else { return nil }
            return Asset(name: name, bytes: Array(data))
        }
    }

    public subscript(name: String) -> Asset? { byName[name] }

    /// Where the asset is served, with its digest; the plain path if there is no such asset.
    public func path(_ name: String) -> String { byName[name]?.path ?? "/assets/\(name)" }

    /// The asset of a request's path, and whether the path names this very version.
    func find(_ path: String) -> (asset: Asset, isExact: Bool)? {
        if let name = byPath[path], let asset = byName[name] { return (asset, true) }
        return byName[String(path.dropFirst("/assets/".count))].map { ($0, false) }
    }

    /// Compresses all assets as well as can be. Takes some tenths of a second, so it runs beside the server's start;
    /// what is asked for before that is compressed then.
    public func compressAll() {
        for asset in byName.values.sorted(by: { $0.bytes.count > $1.bytes.count }) where isCompressible(asset) {
            for coding in ContentCoding.allCases where !Task.isCancelled { _ = compressed(asset, coding) }
        }
    }

    private func isCompressible(_ asset: Asset) -> Bool {
        asset.bytes.count > Answer.leastCompressed && ContentCoding.helps(asset.mediaType)
    }

    /// The asset's bytes in a coding; `nil` if that would not make it smaller.
    func compressed(_ asset: Asset, _ coding: ContentCoding) -> [UInt8]? {
        guard isCompressible(asset) else { return nil }
        if let known = compressed.withLock({ $0[asset.name]?[coding] }) { return known }
        let bytes =
            switch coding {
            case .brotli: Brotli.compress(asset.bytes, quality: Brotli.thorough)
            case .gzip: Gzip.compress(asset.bytes, level: 9)
            }
        guard let bytes, bytes.count < asset.bytes.count else { return nil }
        compressed.withLock { $0[asset.name, default: [:]][coding] = bytes }
        return bytes
    }
}
