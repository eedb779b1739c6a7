/// Addresses as lists write them, brought to one form for comparing.
public enum JapaneseAddress {
    /// `熊本県熊本市中央区新屋敷一丁目１７番１号` as `熊本県熊本市中央区新屋敷1-17-1`. What stands behind the number (a building)
    /// follows after a space.
    public static func normalized(_ text: String) -> String {
        let characters = Array(TextFolding.normalized(text).replacingSpaces())
        var output = ""
        var index = 0
        while index < characters.count {
            if let (number, next) = number(characters, at: index, after: output.last) {
                output += String(number)
                index = next
                index = takeUnit(characters, at: index, into: &output)
            } else {
                output.append(characters[index])
                index += 1
            }
        }
        while output.last == "-" || output.last == " " { output.removeLast() }
        return output.replacingDashes()
    }

    /// The normal form without prefecture, 郡 and 大字, folded: equal for most spellings of one address.
    public static func key(_ text: String) -> String {
        var address = Substring(normalized(text))
        if let prefecture = Prefecture.opening(address) { address = address.dropFirst(prefecture.name.count) }
        if let county = address.prefix(6).firstIndex(of: "郡"),
            !address[..<county].contains(where: { "市区町村".contains($0) })
        {
            address = address[address.index(after: county)...]
        }
        return TextFolding.key(String(address).removing("大字").filter { $0 != " " })
    }

    /// A number at `index`: digits, or Japanese numerals in front of a counter of addresses.
    private static func number(_ text: [Character], at index: Int, after previous: Character?) -> (Int, Int)? {
        var end = index
        while end < text.count, text[end].isASCII, text[end].isNumber, end - index < 9 { end += 1 }
        if end > index { return Int(String(text[index..<end])).map { ($0, end) } }
        while end < text.count, "〇一二三四五六七八九十百".contains(text[end]) { end += 1 }
        guard end > index, unit(text, at: end) != nil, let value = numeral(text[index..<end]) else { return nil }
        return (value, end)
    }

    /// Length of 丁目, 番地の, 番, 号… at `index`.
    private static func unit(_ text: [Character], at index: Int) -> (length: Int, isLast: Bool)? {
        for (word, isLast) in units where text[index...].starts(with: word) { return (word.count, isLast) }
        return nil
    }

    private static let units: [(String, Bool)] = [
        ("丁目", false), ("番地の", false), ("番地", false), ("番", false), ("号", true), ("の", false), ("ノ", false),
    ]

    private static func takeUnit(_ text: [Character], at index: Int, into output: inout String) -> Int {
        guard let unit = unit(text, at: index) else { return index }
        let next = index + unit.length
        let isFollowed = next < text.count && (text[next].isNumber || "一二三四五六七八九十".contains(text[next]))
        if unit.length == 1, text[index] == "の" || text[index] == "ノ", !isFollowed { return index }
        let isNumbered = !unit.isLast && isFollowed
        output += isNumbered ? "-" : next < text.count && text[next] != "-" ? " " : ""
        return next
    }

    /// Value of 一 to 九百九十九, also digit by digit (一〇).
    private static func numeral(_ text: ArraySlice<Character>) -> Int? {
        let digits = Dictionary(uniqueKeysWithValues: zip("〇一二三四五六七八九", 0...))
        if !text.contains("十"), !text.contains("百") {
            return text.reduce(0) { $0 * 10 + (digits[$1] ?? 0) }
        }
        var total = 0
        var current = 0
        for character in text {
            if let digit = digits[character] {
                current = digit
            } else {
                total += max(current, 1) * (character == "百" ? 100 : 10)
                current = 0
            }
        }
        return total + current
    }
}

extension String {
    fileprivate func replacingSpaces() -> String { filter { $0 != " " } }

    /// Every dash between digits as `-`, also the long vowel mark typed for it.
    fileprivate func replacingDashes() -> String {
        var scalars = Array(unicodeScalars)
        for index in scalars.indices.dropFirst().dropLast() where TextFolding.isDash(scalars[index]) {
            if scalars[index - 1].properties.numericType != nil, scalars[index + 1].properties.numericType != nil {
                scalars[index] = "-"
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    fileprivate func removing(_ word: String) -> String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(word) { rest = rest.dropFirst(word.count) } else { result.append(rest.removeFirst()) }
        }
        return result
    }
}
