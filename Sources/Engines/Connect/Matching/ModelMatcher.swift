import Civic
import Storage
import Tabular

/// Finds the model that a table's columns fit best.
///
/// Score: half for the share of the file's columns that the model knows, three tenths for the items that tell it from other
/// models, two tenths for the file's name. A model is taken from 0.45 on, and only with a distinctive item or name.
struct ModelMatcher {
    static let threshold = 0.45

    let catalogue: ModelCatalogue

    /// - Parameter wanted: the model that the caller named, by entity type or Japanese name.
    func match(_ reader: TableReader, file: String, wanted: String?) throws(Refusal) -> TableMatch {
        let titles = reader.columns.map(\.title)
        if let wanted { return try named(wanted, titles: titles, file: file) }
        if let series = catalogue.series.first(where: { fits($0, reader) }) { return .series(series) }
        let matches = catalogue.models.map { match($0, titles: titles, file: file) }
        let proper = matches.filter { !$0.model.isFallback && isConvincing($0, file: file) }
        if let best = proper.max(by: { $0.score < $1.score }) { return .model(best) }
        if let fallback = matches.first(where: {
            $0.model.isFallback && hasDistinctive($0, all: true) && hasRequired($0)
        }) {
            return .model(fallback)
        }
        return .unknown
    }

    private func named(_ name: String, titles: [String], file: String) throws(Refusal) -> TableMatch {
        if let series = catalogue.series.first(where: { $0.id == name }) { return .series(series) }
        guard let model = catalogue.model(named: name) else {
            let known = (catalogue.models.map(\.type) + catalogue.series.map(\.id)).joined(separator: ", ")
            throw Refusal(.invalid, "There is no model '\(name)'. Known models: \(known).")
        }
        let match = match(model, titles: titles, file: file)
        guard hasRequired(match) else {
            let missing = model.required.filter { match.column(of: $0) == nil }.joined(separator: ", ")
            throw Refusal(.invalid, "The file has no column for \(missing), which the model '\(name)' needs.")
        }
        return .model(match)
    }

    func match(_ model: DataModel, titles: [String], file: String) -> ModelMatch {
        var taken = Set<Int>()
        let items = titles.map { title -> Int? in
            guard let item = model.item(titled: title), taken.insert(item).inserted else { return nil }
            return item
        }
        let collected = titles.indices.filter { items[$0] == nil && model.collection?.takes(titles[$0]) == true }
        var match = ModelMatch(model: model, items: items, collected: collected, score: 0)
        match.score = score(match, titles: titles, file: file)
        return match
    }

    private func score(_ match: ModelMatch, titles: [String], file: String) -> Double {
        let named = titles.count { !$0.isEmpty }
        let known = match.items.count { $0 != nil } + match.collected.count
        let share = named == 0 ? 0 : Double(known) / Double(named)
        let distinctive = Double(min(2, match.model.distinctive.count { match.column(of: $0) != nil })) / 2
        return 0.5 * share + 0.3 * distinctive + (hasSlug(match.model, file: file) ? 0.2 : 0)
    }

    private func isConvincing(_ match: ModelMatch, file: String) -> Bool {
        hasRequired(match) && match.score >= ModelMatcher.threshold
            && (hasDistinctive(match, all: false) || hasSlug(match.model, file: file))
    }

    private func hasRequired(_ match: ModelMatch) -> Bool {
        match.model.required.allSatisfy { match.column(of: $0) != nil }
    }

    private func hasDistinctive(_ match: ModelMatch, all: Bool) -> Bool {
        let has = { (name: String) in match.column(of: name) != nil }
        return all ? match.model.distinctive.allSatisfy(has) : match.model.distinctive.contains(where: has)
    }

    private func hasSlug(_ model: DataModel, file: String) -> Bool {
        let name = file.lowercased()
        return model.slugs.contains { name.contains($0) }
    }

    private func fits(_ series: SeriesModel, _ reader: TableReader) -> Bool {
        let titles = Set(reader.columns.map { TextFolding.headerKey($0.title) })
        let needed = [series.time] + series.key.columnNames + series.values.map(\.column)
        guard needed.allSatisfy({ titles.contains(TextFolding.headerKey($0)) }) else { return false }
        return series.key.heading.map { reader.dialect.heading($0) != nil } ?? true
    }
}
