import Storage

extension PageKit {
    func navigation(_ call: Call, _ words: WordBook) -> HTML {
        let entries = contributions.compactMap { contribution -> (order: Int, label: WordKey, path: String)? in
            if case .navigation(let order, let label, let path) = contribution { (order, label, path) } else { nil }
        }
        return entries.sorted { ($0.order, $0.path) < ($1.order, $1.path) }
            .map { entry in
                let isHere = call.path == entry.path || call.path.hasPrefix(entry.path + "/")
                return HTML.element(
                    "li", [:],
                    .element("a", ["href": entry.path, "aria-current": isHere ? "true" : nil], words[entry.label].html))
            }.joined()
    }

    func languageSwitch(_ call: Call, _ words: WordBook) -> HTML {
        Language.allCases.map { language in
            let name = Phrase(ruby: language.ownName)
            let attributes: KeyValuePairs<String, String?> = [
                "href": call.address(with: "lang", language.rawValue), "rel": "nofollow",
                "lang": language == .en ? "en" : "ja", "hreflang": language == .en ? "en" : "ja",
                "aria-current": language == call.language ? "true" : nil,
            ]
            return HTML.element("li", [:], .element("a", attributes, name.html))
        }.joined()
    }

    func themeSwitch(_ call: Call, _ words: WordBook) -> HTML {
        Theme.allCases.map { theme in
            let attributes: KeyValuePairs<String, String?> = [
                "href": call.address(with: "theme", theme.rawValue), "rel": "nofollow",
                "data-theme-choice": theme.rawValue,
                "aria-current": theme == call.theme ? "true" : nil,
            ]
            return HTML.element(
                "li", [:], .element("a", attributes, words[WordKey("site.theme.\(theme.rawValue)")].html))
        }.joined()
    }
}

extension Language {
    /// The language's name in itself, with readings.
    public var ownName: String {
        switch self {
        case .ja: "日本語"
        case .jaEasy: "やさしい日本語《にほんご》"
        case .en: "English"
        }
    }
}

extension Call {
    /// This page's address with one query parameter set (or removed: `nil`) and the others kept; `lang` and `theme`
    /// are kept out, since cookies hold them.
    public func address(with name: String, _ value: String?, dropping dropped: Set<String> = []) -> String {
        var items = query.items.filter {
            $0.name != name && !dropped.contains($0.name) && !["lang", "theme"].contains($0.name)
        }
        if let value { items.append(QueryItems.Item(name, value)) }
        return Self.address(path, items)
    }

    /// A path with a query, percent-encoded.
    public static func address(_ path: String, _ items: [QueryItems.Item]) -> String {
        let encodedPath = percentEncoded(path, keeping: "/:@!$&'()*+,;=~")
        guard !items.isEmpty else { return encodedPath }
        let query = items.map { percentEncoded($0.name, keeping: "") + "=" + percentEncoded($0.value, keeping: "/:,") }
        return encodedPath + "?" + query.joined(separator: "&")
    }

    /// Percent-encodes all but RFC 3986's unreserved characters and those to keep. For one part of a path keep `:`.
    public static func percentEncoded(_ text: String, keeping kept: String) -> String {
        let kept = Set((kept + "-._~").utf8)
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
            case _ where kept.contains(byte): bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
