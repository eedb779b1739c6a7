import Tabular

/// A table seen as a model.
public struct ModelMatch: Sendable {
    public var model: DataModel
    /// Per column of the file the model's item.
    public var items: [Int?]
    /// Columns gathered into one attribute.
    public var collected: [Int]
    /// 0 to 1: how well the columns fit.
    public var score: Double

    /// The first column that holds an item.
    func column(of name: String) -> Int? {
        guard let item = model.item(name) else { return nil }
        return items.firstIndex { $0 == item }
    }

    /// Columns that the model does not know; their texts are kept as they are.
    func unmatched(_ columns: [TableColumn]) -> [TableColumn] {
        columns.filter { items[$0.index] == nil && !collected.contains($0.index) && !$0.title.isEmpty }
    }
}

/// What kind of table a file is.
public enum TableMatch: Sendable {
    case model(ModelMatch)
    case series(SeriesModel)
    /// No model fits: the file becomes a table of its own.
    case unknown
}
