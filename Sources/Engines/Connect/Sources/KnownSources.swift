import Entities
import Foundation
import Storage

/// Who published a file, and under which terms.
public struct SourceTerms: Sendable, Equatable {
    public var publisher: String?
    /// The licence's name; `nil`: none is stated.
    public var licence: String?
    /// The sentence to show with the data.
    public var attribution: String?
    /// The six-digit code of the municipality that all rows are about.
    public var about: String?
    /// Whether anyone may use the data again.
    public var isOpen: Bool

    /// What has no stated licence is for signed-in officers; what has an open one is for all.
    public var visibility: Visibility { licence == nil ? .bodies : isOpen ? .public : .tenant }
}

/// Files whose terms are written down in `data/sources/known.yaml`.
public struct KnownSources: Sendable {
    private struct Entry: Sendable, Decodable {
        var match: String
        var publisher: String?
        var licence: String?
        var attribution: String?
        var about: String?
    }

    private struct File: Decodable {
        var sources: [Entry]
        var openLicences: [String]
    }

    private let entries: [Entry]
    private let openLicences: Set<String>

    /// - Parameter folder: the folder `data/sources`.
    public init(folder: String) throws(Refusal) {
        let file: File = try ModelFile.decode(try ModelFile.bytes("\(folder)/known.yaml"), named: "known.yaml")
        entries = file.sources
        openLicences = Set(file.openLicences)
    }

    /// The terms of a file by its name. A licence given by the caller comes first; an unknown file has none, and is about the
    /// municipality whose code its name begins with.
    public func terms(ofFile name: String, licence given: String? = nil) -> SourceTerms {
        let entry = entries.first { KnownSources.fits(name, pattern: $0.match) }
        let licence = given ?? entry?.licence
        return SourceTerms(
            publisher: entry?.publisher, licence: licence, attribution: entry?.attribution,
            about: entry?.about ?? FileNameCode.code(of: name), isOpen: licence.map(openLicences.contains) ?? false)
    }

    /// `*` stands for any text, also none.
    package static func fits(_ name: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return name == pattern }
        guard name.hasPrefix(parts[0]), name.hasSuffix(parts[parts.count - 1]),
            name.count >= parts[0].count + parts[parts.count - 1].count
        else { return false }
        var rest = name.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
