import Storage

/// A body with rights: the prefecture, one of its municipalities, or a provider of services.
public struct Tenant: Sendable, Hashable {
    public enum Kind: String, Sendable { case prefecture, municipality, provider }

    /// The 6-digit code of a local government (JIS X 0401/0402 with its check digit), or a provider's slug.
    public var id: TenantID
    public var kind: Kind
    public var name: String
    public var kana: String
    public var romaji: String
    /// 郡; `nil` for cities, the prefecture and providers.
    public var county: String?
    /// 市, 町 or 村.
    public var municipalityType: String?
    public var population: Int?
    /// Where the population comes from: `census2020` or `census2015`.
    public var populationBasis: String?
    /// Square kilometres, with the digits as published.
    public var areaKm2: String?
    /// Of the office, in degrees (WGS 84).
    public var latitude: Double?
    public var longitude: Double?
    public var url: String?

    public init(
        id: TenantID, kind: Kind, name: String, kana: String = "", romaji: String = "", county: String? = nil,
        municipalityType: String? = nil, population: Int? = nil, populationBasis: String? = nil,
        areaKm2: String? = nil, latitude: Double? = nil, longitude: Double? = nil, url: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.kana = kana
        self.romaji = romaji
        self.county = county
        self.municipalityType = municipalityType
        self.population = population
        self.populationBasis = populationBasis
        self.areaKm2 = areaKm2
        self.latitude = latitude
        self.longitude = longitude
        self.url = url
    }
}

extension Tenant {
    /// Kumamoto prefecture; its population and area are left to its municipalities' sums.
    static let kumamoto = Tenant(
        id: .prefecture, kind: .prefecture, name: "熊本県", kana: "くまもとけん", romaji: "Kumamoto-ken",
        latitude: 32.789806, longitude: 130.741667, url: "https://www.pref.kumamoto.jp/")
}
