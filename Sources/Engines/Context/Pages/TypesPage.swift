import Entities
import JSON
import Storage
import Web

/// `/entities`: every type with how many there are, where they come from, and when they last changed.
struct TypesPage {
    let types: [EntityTypeSummary]
    let text: EntityText

    var page: Page {
        let words = text.words
        let table = DataTable(
            caption: words["context.types.caption"],
            columns: [
                .init(words["context.type"]), .init(words["context.count"], numeric: true),
                .init(words["context.sources"]), .init(words["context.freshness"]), .init(words["context.licence"]),
            ],
            rows: types.map(row), hidesCaption: true)
        return Page(
            title: words["context.title"], lead: words["context.lead"], body: table.html(words),
            facts: [
                "items": .array(types.map(\.facts)), "next": nil, "total": JSON(types.count),
            ])
    }

    private func row(_ type: EntityTypeSummary) -> [HTML] {
        let words = text.words
        let shown = type.sources.prefix(3).joined(separator: "、")
        let more = type.sources.count > 3 ? words("context.more", ["n": .number(type.sources.count - 3)]).html : .empty
        return [
            .link(text.type(type.type), to: EntityPaths.type(type.type)), .text(words.numbers.grouped(type.count)),
            .text(shown) + more, type.modifiedAt.map { words.dateTime($0).html } ?? .empty,
            LicenceLabel(count: type.count, licensed: type.licensedCount).html(words),
        ]
    }
}

extension EntityTypeSummary {
    var facts: JSON {
        [
            "type": .string(type), "count": JSON(count),
            "modifiedAt": modifiedAt.map { .string(DateTime.text($0)) } ?? .null,
            "sources": .array(sources.map { .string($0) }), "licensedCount": JSON(licensedCount),
        ]
    }
}

/// Whether things are open data: all, some, or none of them have a stated licence.
struct LicenceLabel {
    let count: Int
    let licensed: Int

    func html(_ words: WordBook) -> HTML {
        if licensed == count { return Chip(words["context.openData"], .green).html(words) }
        if licensed == 0 { return Chip(words["context.notOpenData"], .grey).html(words) }
        return Chip(words["context.partlyOpenData"], .grey).html(words)
    }
}
