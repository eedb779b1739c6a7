import Entities
import Storage

/// `tables.yaml` as written.
struct TablesFile: Decodable {
    struct Item: Decodable {
        var name: String
        var label: String
        var kind: ItemKind
        var aliases: [String]?

        var item: ModelItem { ModelItem(name: name, label: label, kind: kind, aliases: aliases ?? []) }
    }

    struct Common: Decodable {
        var items: [Item]
        var aliases: [String: [String]]
    }

    struct Model: Decodable {
        var type: String
        var area: String?
        var label: [String: String]
        var slugs: [String]?
        var required: [String]?
        var distinctive: [String]?
        var key: String?
        var keyColumns: [String]?
        var sameAs: String?
        var personal: Bool?
        var fallback: Bool?
        var aliases: [String: [String]]?
        /// The guideline's names that no attribute may have, with the attribute's name.
        var rename: [String: String]?
        var items: [Item]?
        var collect: DataModel.Collection?
    }

    var common: Common
    var models: [Model]
}

extension TablesFile.Model {
    /// The model with the guideline's items, its own and the common ones, and all their names.
    func resolved(area areas: [String: [ModelItem]], common: TablesFile.Common) throws(Refusal) -> DataModel {
        var items: [ModelItem] = []
        if let area {
            guard let known = areas[area] else {
                throw Refusal(.invalid, "tables.yaml names the model \(area), which area-data-models.json lacks.")
            }
            items = known.map(renamed)
        }
        items += (self.items ?? []).map(\.item)
        items += common.items.map(\.item).filter { new in !items.contains { $0.name == new.name } }
        for index in items.indices {
            items[index].aliases += aliases?[items[index].name] ?? []
            items[index].aliases += common.aliases[items[index].name] ?? []
        }
        if let item = items.first(where: { !EntityChecker.mayBeAttribute($0.name) }) {
            throw Refusal(
                .invalid,
                "The model \(type) calls an item '\(item.name)', which NGSI-LD reserves: rename it in tables.yaml.")
        }
        return DataModel(
            type: type, labels: label, areaName: area, items: items, slugs: slugs ?? [], required: required ?? [],
            distinctive: distinctive ?? [], key: key, keyItems: keyColumns ?? [], sameAsGroup: sameAs,
            isPersonal: personal ?? false, isFallback: fallback ?? false, collection: collect,
            itemByHeader: DataModel.headers(of: items))
    }

    private func renamed(_ item: ModelItem) -> ModelItem {
        guard let name = rename?[item.name] else { return item }
        return ModelItem(name: name, label: item.label, kind: item.kind, aliases: [item.name] + item.aliases)
    }
}
