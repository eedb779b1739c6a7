/// A column of a table.
public struct TableColumn: Sendable, Equatable {
    /// 0-based place in a row.
    public let index: Int
    /// As the header says, without line breaks; empty if it says nothing.
    public let title: String
    /// The title made unique: `column3` where it is empty, `Tem_2` where it repeats.
    public let name: String

    static func naming(_ titles: [String]) -> [TableColumn] {
        var taken = Set<String>()
        return titles.enumerated().map { index, title in
            let wanted = title.isEmpty ? "column\(index + 1)" : title
            var name = wanted
            var suffix = 2
            while !taken.insert(name).inserted {
                name = "\(wanted)_\(suffix)"
                suffix += 1
            }
            return TableColumn(index: index, title: title, name: name)
        }
    }
}
