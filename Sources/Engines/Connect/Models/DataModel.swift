import Civic

/// What a column of a model holds.
public enum ItemKind: String, Sendable, Decodable {
    case string, number, date, time, uri, choice
    /// Present or not: `1`, `○`, `有`; empty is «no».
    case mark
    /// Date and time, Japan's if no zone is written.
    case instant
    /// 全国共通避難所・避難場所ID.
    case shelterId
    /// Latitude and longitude in one cell, with a comma between.
    case coordinates
}

/// One column of a model.
public struct ModelItem: Sendable {
    /// The attribute's name.
    public var name: String
    /// The column's name in the standard.
    public var label: String
    public var kind: ItemKind
    /// Older and foreign names of the column.
    public var aliases: [String]
}

/// A kind of table that becomes entities of one type.
public struct DataModel: Sendable {
    /// Columns that are gathered into one list, such as a hospital's departments, each a column with ○.
    public struct Collection: Sendable, Decodable {
        public var into: String
        public var suffixes: [String]
        public var contains: [String]

        func takes(_ title: String) -> Bool {
            suffixes.contains { title.hasSuffix($0) } || contains.contains { title.contains($0) }
        }
    }

    /// The entity type.
    public var type: String
    /// By language tag.
    public var labels: [String: String]
    /// Its table in the guideline's data models; `nil` for a type of the Smart Data Models or schema.org.
    public var areaName: String?
    public var items: [ModelItem]
    public var slugs: [String]
    public var required: [String]
    public var distinctive: [String]
    /// The item whose value makes the entity's id; `nil`: found out from the file.
    public var key: String?
    /// Items that identify a row together where no single one does.
    public var keyItems: [String]
    /// Lists with equal groups are searched for the same places.
    public var sameAsGroup: String?
    public var isPersonal: Bool
    /// Taken only if no other model fits.
    public var isFallback: Bool
    public var collection: Collection?
    /// Item by folded header.
    let itemByHeader: [String: Int]

    /// The model's name as people know it.
    public var name: String { areaName ?? labels["ja"] ?? type }

    func item(_ name: String) -> Int? { items.firstIndex { $0.name == name } }

    func item(titled title: String) -> Int? { itemByHeader[TextFolding.headerKey(title)] }

    static func headers(of items: [ModelItem]) -> [String: Int] {
        var result: [String: Int] = [:]
        for pick in [{ (item: ModelItem) in [item.label] }, { [$0.name] }, { $0.aliases }] {
            for (index, item) in items.enumerated() {
                for title in pick(item) {
                    let key = TextFolding.headerKey(title)
                    if result[key] == nil { result[key] = index }
                }
            }
        }
        return result
    }
}
