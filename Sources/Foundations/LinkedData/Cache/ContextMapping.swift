import Foundation

/// Where contexts are found instead of at their address: URL prefixes and what stands for them. A closed network has no
/// internet, and names its copies here.
public struct ContextMapping: Sendable, Hashable {
    /// One prefix and what stands for it.
    public struct Rule: Sendable, Hashable {
        public var prefix: String
        public var target: Target

        public init(prefix: String, target: Target) {
            self.prefix = prefix
            self.target = target
        }
    }

    public enum Target: Sendable, Hashable {
        /// A folder of this machine.
        case folder(String)
        /// The beginning of another address.
        case address(String)
    }

    /// Where one context is to be read.
    public enum Place: Sendable, Hashable {
        /// A file of this machine; its path never leaves the rule's folder.
        case file(String)
        case address(String)
    }

    public var rules: [Rule]

    public init(_ rules: [Rule] = []) { self.rules = rules }

    /// Reads rules as a setting writes them: one a line, `prefix folder` or `prefix address`; `#` begins a remark.
    public init(parsing text: String) throws(LDError) {
        var rules: [Rule] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.prefix { $0 != "#" }.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            guard let prefix = parts.first else { continue }
            rules.append(Rule(prefix: String(prefix), target: try Self.target(parts, line: line)))
        }
        self.rules = rules
    }

    /// The place of a context by the longest prefix that fits; the address itself if none does. Nil if the address
    /// would lead out of a rule's folder.
    public func place(of address: String) -> Place? {
        let fitting = rules.filter { address.utf8.starts(with: $0.prefix.utf8) }
        guard let rule = fitting.max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) else {
            return .address(address)
        }
        let rest = String(address.utf8.dropFirst(rule.prefix.utf8.count)) ?? ""
        switch rule.target {
        case .address(let start): return .address(start + rest)
        case .folder(let folder): return Self.path(of: rest, in: folder).map(Place.file)
        }
    }

    private static func target(_ parts: [Substring], line: Substring) throws(LDError) -> Target {
        guard parts.count == 2, parts[0].hasPrefix("http://") || parts[0].hasPrefix("https://") else {
            throw .invalid(reason: "“\(line)” is no rule. Write a URL prefix, a space, and a folder or another URL.")
        }
        let target = String(parts[1]).trimmingSpaces
        if target.hasPrefix("http://") || target.hasPrefix("https://") { return .address(target) }
        guard target.hasPrefix("/") else {
            throw .invalid(reason: "“\(target)” is neither a whole path of a folder nor a http or https URL.")
        }
        return .folder(target)
    }

    private static func path(of rest: String, in folder: String) -> String? {
        let plain = rest.prefix { $0 != "?" && $0 != "#" }
        guard let decoded = String(plain).removingPercentEncoding, !decoded.utf8.contains(0) else { return nil }
        let parts = decoded.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(where: { $0 == ".." || $0 == "." }) else { return nil }
        let start = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return start + "/" + parts.joined(separator: "/")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
