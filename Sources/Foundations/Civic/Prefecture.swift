/// One of the 47 prefectures, by the number of JIS X 0401.
public struct Prefecture: Hashable, Sendable {
    /// 1 (北海道) to 47 (沖縄県).
    public let number: Int

    public static let kumamoto = Prefecture(validNumber: 43)
    public static let all = (1...47).map { Prefecture(validNumber: $0) }

    public init?(number: Int) {
        guard (1...47).contains(number) else { return nil }
        self.number = number
    }

    /// Reads the full name, as 熊本県.
    public init?(name: some StringProtocol) {
        guard let index = Prefecture.names.firstIndex(where: { $0 == name }) else { return nil }
        number = index + 1
    }

    init(validNumber: Int) {
        number = validNumber
    }

    /// The prefecture whose name opens an address.
    public static func opening(_ address: some StringProtocol) -> Prefecture? {
        names.firstIndex { address.hasPrefix($0) }.map { Prefecture(validNumber: $0 + 1) }
    }

    public var name: String { Prefecture.names[number - 1] }

    /// Two digits, as 43.
    public var twoDigits: String { Digits.padded(number, to: 2) }

    public var code: MunicipalityCode? { MunicipalityCode(number: number * 1_000) }

    private static let names = [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
        "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
        "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
        "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
    ]
}
