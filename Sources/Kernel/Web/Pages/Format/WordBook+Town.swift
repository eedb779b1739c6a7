import Platform

extension WordBook {
    /// A municipality's name for the reader: 八代市, with its reading, or «Yatsushiro City (八代市)».
    public func name(of tenant: Tenant) -> Phrase {
        switch language {
        case .ja: Phrase(tenant.name)
        case .jaEasy: tenant.kana.isEmpty ? Phrase(tenant.name) : Phrase(ruby: "｜\(tenant.name)《\(tenant.kana)》")
        case .en: englishName(tenant)
        }
    }

    private func englishName(_ tenant: Tenant) -> Phrase {
        guard !tenant.romaji.isEmpty else { return inJapanese(Phrase(tenant.name)) }
        let name = tenant.romaji.prefix { $0 != "-" }
        let kind =
            switch tenant.name.last {
            case "市": " City"
            case "町": " Town"
            case "村": " Village"
            case "県": " Prefecture"
            default: ""
            }
        let own = HTML.element("span", ["lang": "ja"], .text(tenant.name))
        return Phrase(
            text: "\(name)\(kind) (\(tenant.name))", html: .text("\(name)\(kind) (") + own + .text(")"))
    }
}
