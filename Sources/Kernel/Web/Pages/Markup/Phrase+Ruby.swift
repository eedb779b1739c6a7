extension Phrase {
    /// Reads `漢字《かんじ》` as a reading over the kanji before it, or over everything since `｜`.
    public init(ruby source: String) {
        var plain = ""
        var html = ""
        var rest = source[...]
        while let open = rest.firstIndex(of: "《"), let close = rest[open...].firstIndex(of: "》") {
            let (before, base) = Self.splitBase(rest[..<open])
            let reading = rest[rest.index(after: open)..<close]
            plain += before + (base.isEmpty ? "《\(reading)》" : base)
            html += HTML(escaping: String(before)).text + Self.ruby(base, reading)
            rest = rest[rest.index(after: close)...]
        }
        self.init(text: plain + rest, html: HTML(raw: html + HTML(escaping: String(rest)).text))
    }

    private static func ruby(_ base: Substring, _ reading: Substring) -> String {
        guard !base.isEmpty else { return HTML(escaping: "《\(reading)》").text }
        let (base, reading) = (HTML(escaping: String(base)).text, HTML(escaping: String(reading)).text)
        return "<ruby>\(base)<rp>（</rp><rt>\(reading)</rt><rp>）</rp></ruby>"
    }

    private static func splitBase(_ text: Substring) -> (before: Substring, base: Substring) {
        if let bar = text.lastIndex(of: "｜") { return (text[..<bar], text[text.index(after: bar)...]) }
        var start = text.endIndex
        while start > text.startIndex, isKanji(text[text.index(before: start)]) { start = text.index(before: start) }
        return (text[..<start], text[start...])
    }

    private static func isKanji(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x323AF: return true
        default: return "々〆ヶ〇".unicodeScalars.contains(scalar)
        }
    }
}
