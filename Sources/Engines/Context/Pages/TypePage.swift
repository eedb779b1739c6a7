import Entities
import JSON
import Storage
import Web

/// `/entities/types/{type}`: the entities of a type as a table that the server sorts, filters and pages.
struct TypePage {
    static let size = 50
    private static let mostColumns = 6

    let type: EntityTypeSummary
    let attributes: [AttributeSummary]
    let page: EntityPage
    let map: HTML?
    let towns: [(code: String, name: Phrase)]
    let text: EntityText
    let call: Call

    /// The filters and the order that a request asks for.
    static func query(_ call: Call, type: String) throws(Refusal) -> EntityQuery {
        let number = try call.integer("page") ?? 1
        let words = call.query["q"]?.trimmingPrefix(while: \.isWhitespace)
        let town = call.query["municipality"]
        return EntityQuery(
            types: [type], text: words?.isEmpty == false ? words.map { String($0) } : nil,
            municipality: town?.isEmpty == false ? town : nil, order: order(call), limit: size,
            offset: (number - 1) * size, countsAll: true)
    }

    private static func order(_ call: Call) -> EntityQuery.Order {
        guard let sort = call.query["sort"], !sort.isEmpty else { return .id }
        let descending = sort.hasPrefix("-")
        let name = descending ? String(sort.dropFirst()) : sort
        return name == "modifiedAt" ? .modifiedAt(descending: descending) : .attribute(name, descending: descending)
    }

    var answer: Page {
        let words = text.words
        let total = page.total ?? 0
        let body = [
            LicenceLabel(count: type.count, licensed: type.licensedCount).html(words),
            map.map { Section(id: "map", title: words["context.map"], body: $0).html(words) } ?? .empty,
            Section(
                id: "list", title: words["context.list"],
                body: form + .element("p", [:], words("context.found", ["n": .number(total)]).html)
                    + table.html(words)
                    + Pagination(call, page: (try? call.integer("page") ?? 1) ?? 1, size: Self.size, total: total).html(
                        words)
            ).html(words),
            Section(id: "fields", title: words["context.fields"], body: fields.html(words)).html(words),
            Section(id: "downloads", title: words["context.downloads"], body: downloads.html(words)).html(words),
        ].joined()
        return Page(
            title: text.type(type.type), breadcrumb: [(words["context.title"], EntityPaths.types)],
            lead: words("context.typeLead", ["type": .phrase(Phrase(type.type)), "n": .number(type.count)]),
            body: body,
            facts: facts)
    }

    private var form: HTML {
        let words = text.words
        return PageForm(
            get: EntityPaths.type(type.type), submit: words["context.filter"],
            fields: [
                Field(
                    "q", label: words["context.words"], .input(type: "search"), value: call.query["q"] ?? "",
                    need: .unsaid
                )
                .html(words),
                Field(
                    "municipality", label: words["context.town"],
                    .select([("", words["context.townAll"])] + towns.map { (value: $0.code, label: $0.name) }),
                    value: call.query["municipality"] ?? "", need: .unsaid
                ).html(words),
            ]
        ).html(words)
    }

    /// What most entities have, without what heads each row.
    private var columns: [AttributeSummary] {
        let shown = attributes.filter { attribute in
            attribute.kinds.contains { [.property, .languageProperty, .vocabProperty].contains($0) }
                && attribute.name != "sourceColumns" && attribute.name != "name"
        }
        return Array(shown.prefix(Self.mostColumns))
    }

    /// Names each row and leads to its page; sorts by the name where the type has one.
    private var headColumn: DataTable.Column {
        guard attributes.contains(where: { $0.name == "name" }) else { return .init(text.words["context.entity"]) }
        return .sortable(text.words["context.entity"], by: "name", call)
    }

    private var table: DataTable {
        let words = text.words
        let (columns, type) = (columns, type.type)
        let heads = columns.map { DataTable.Column.sortable(text.attribute($0.name, of: type), by: $0.name, call) }
        return DataTable(
            caption: words["context.list"],
            columns: [headColumn] + heads
                + [.sortable(words["context.freshness"], by: "modifiedAt", call)],
            rows: page.entities.map { entity in
                let attributes = entity.attributes
                let cells = columns.map { column in
                    HTML.text(EntityText.shortened(attributes[column.name].flatMap(EntityText.text) ?? ""))
                }
                return [.link(Phrase(EntityText.title(entity)), to: EntityPaths.entity(entity.id))] + cells
                    + [words.dateTime(entity.modifiedAt).html]
            }, dense: true, hidesCaption: true)
    }

    private var fields: DataTable {
        let words = text.words
        return DataTable(
            caption: words["context.fields"],
            columns: [
                .init(words["context.field"]), .init(words["context.fieldName"]), .init(words["context.fieldKind"]),
                .init(words["context.fieldUnit"]), .init(words["context.count"], numeric: true),
            ],
            rows: attributes.map { attribute in
                [
                    text.attribute(attribute.name, of: type.type).html, .element("code", [:], .text(attribute.name)),
                    .text(attribute.kinds.map(\.rawValue).joined(separator: ", ")),
                    .text(attribute.units.joined(separator: ", ")), .text(words.numbers.grouped(attribute.count)),
                ]
            }, dense: true, hidesCaption: true)
    }

    private var downloads: Downloads {
        Downloads(
            DownloadForm.allCases.map { form in
                (text.words(WordKey("context.download.\(form.rawValue)")), EntityPaths.download(type.type, form))
            })
    }

    private var facts: JSON {
        var facts = type.facts
        facts["attributes"] = .array(
            attributes.map { attribute in
                [
                    "name": .string(attribute.name), "kinds": .array(attribute.kinds.map { .string($0.rawValue) }),
                    "units": .array(attribute.units.map { .string($0) }), "count": JSON(attribute.count),
                ]
            })
        facts["items"] = .array(page.entities.map { EntityFacts.facts($0) })
        let number = (try? call.integer("page") ?? 1) ?? 1
        let hasNext = number * Self.size < page.total ?? 0
        facts["next"] = hasNext ? .string(call.address(with: "page", String(number + 1))) : .null
        facts["total"] = JSON(page.total ?? 0)
        return facts
    }
}
