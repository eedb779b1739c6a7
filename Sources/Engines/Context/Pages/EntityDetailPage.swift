import Entities
import JSON
import Storage
import Web

/// `/entities/{id}`: one entity with its values, where each came from, its history and its neighbours.
struct EntityDetailPage {
    let detail: EntityDetail
    let text: EntityText
    let townName: Phrase?
    private var entity: StoredEntity { detail.entity }

    init(_ detail: EntityDetail, _ text: EntityText, townName: Phrase?) {
        self.detail = detail
        self.text = text
        self.townName = townName
    }

    var page: Page {
        let words = text.words
        let type = entity.types.first ?? ""
        let sections = [
            licence,
            Section(id: "values", title: words["context.values"], body: values.html(words)).html(words),
            Section(id: "source", title: words["context.source"], body: source.html(words)).html(words),
            detail.series.isEmpty
                ? .empty : Section(id: "history", title: words["context.history"], body: charts).html(words),
            detail.neighbours.isEmpty
                ? .empty : Section(id: "same", title: words["context.same"], body: neighbours).html(words),
            Section(id: "downloads", title: words["context.downloads"], body: downloads.html(words)).html(words),
        ]
        return Page(
            title: words.inJapanese(Phrase(EntityText.title(entity))),
            breadcrumb: [(words["context.title"], EntityPaths.types), (text.type(type), EntityPaths.type(type))],
            body: sections.joined(), facts: facts)
    }

    private var licence: HTML {
        let words = text.words
        guard entity.provenance.licence == nil else { return Chip(words["context.openData"], .green).html(words) }
        return Chip(words["context.notOpenData"], .grey).html(words)
            + .element("p", [:], words["context.notOpenDataWhy"].html)
    }

    private var values: DataTable {
        let words = text.words
        return DataTable(
            caption: words["context.values"],
            columns: [
                .init(words["context.field"]), .init(words["context.value"]), .init(words["context.fieldUnit"]),
                .init(words["context.observedAt"]), .init(words["context.freshness"]),
            ],
            rows: entity.attributes.members.filter { $0.name != "sameAs" }.flatMap(rows), dense: true,
            hidesCaption: true)
    }

    /// A row for each instance of an attribute, and one for each value that was corrected.
    private func rows(_ member: JSONObject.Member) -> [[HTML]] {
        let words = text.words
        return AttributeInstances.all(member.value).map { instance in
            let observed = instance.object["observedAt"]?.stringValue.flatMap(DateTime.instant)
            let original = instance.object["originalValue"].flatMap(EntityText.text)
            let value =
                value(instance)
                + (original.map {
                    .element(
                        "small", ["class": "original"], words("context.original", ["value": .phrase(Phrase($0))]).html)
                }
                    ?? .empty)
            return [
                text.attribute(member.name, of: entity.types).html, value,
                .text(instance.object["unitCode"]?.stringValue ?? ""),
                observed.map { words.dateTime($0).html } ?? .empty,
                words.dateTime(entity.modifiedAt(ofAttribute: member.name)).html,
            ]
        }
    }

    private func value(_ instance: AttributeInstance) -> HTML {
        if instance.kind == .relationship, let id = instance.value?.stringValue {
            return .link(Phrase(id), to: EntityPaths.entity(id))
        }
        return .text(EntityText.text(.object(instance.object)) ?? "")
    }

    private var source: DefinitionList {
        let words = text.words
        let provenance = entity.provenance
        var entries: [(term: Phrase, description: HTML)] = [
            (words["context.id"], .element("code", [:], .text(entity.id))),
            (words["context.type"], .text(entity.types.joined(separator: ", "))),
        ]
        if let townName { entries.append((words["context.town"], townName.html)) }
        if let file = provenance.file { entries.append((words["context.file"], .text(file))) }
        if let line = provenance.line {
            entries.append((words["context.line"], words("context.lineValue", ["n": .number(line)]).html))
        }
        entries += [
            (words["context.created"], words.dateTime(entity.createdAt).html),
            (words["context.freshness"], words.dateTime(entity.modifiedAt).html),
            (words["context.licence"], provenance.licence.map { .text($0) } ?? words["context.licenceNone"].html),
        ]
        return DefinitionList(entries)
    }

    private var charts: HTML {
        detail.series.map { series in
            let words = text.words
            let label = text.attribute(series.attribute, of: entity.types)
            let unit = AttributeInstances.all(entity.attributes[series.attribute] ?? .null).first?.object["unitCode"]?
                .stringValue
            let frame = ChartFrame(
                id: "history-\(series.attribute)", title: label,
                finding: words(
                    "context.historyFinding", ["shown": .number(series.values.count), "n": .number(series.count)]),
                source: entity.provenance.file.map { Phrase($0) }, updatedAt: series.values.last?.observedAt)
            return LineChart(
                frame, unit: Phrase(unit ?? ""), labels: series.values.map { words.dateTime($0.observedAt).text },
                series: [.init(label, series.values.map { (try? JSON(parsing: $0.value))?.doubleValue })]
            ).html(words)
        }.joined()
    }

    private var neighbours: HTML {
        let words = text.words
        let table = DataTable(
            caption: words["context.same"],
            columns: [
                .init(words["context.entity"]), .init(words["context.type"]), .init(words["context.file"]),
                .init(words["context.score"], numeric: true), .init(words["context.rule"]),
            ],
            rows: detail.neighbours.map { neighbour in
                [
                    .link(Phrase(EntityText.title(neighbour.entity)), to: EntityPaths.entity(neighbour.entity.id)),
                    text.type(neighbour.entity.types.first ?? "").html, .text(neighbour.entity.provenance.file ?? ""),
                    .text(neighbour.score?.description ?? ""), .text(neighbour.rule ?? ""),
                ]
            }, dense: true, hidesCaption: true)
        return .element("p", [:], words["context.sameLead"].html) + table.html(words)
    }

    private var downloads: Downloads {
        Downloads([
            (
                text.words["context.download.ngsi-ld"],
                "\(NGSIRoutes.entities)/\(Call.percentEncoded(entity.id, keeping: ":"))"
            )
        ])
    }

    private var facts: JSON {
        var facts = EntityFacts.facts(entity)
        facts["sameAs"] = .array(
            detail.neighbours.map { neighbour in
                [
                    "id": .string(neighbour.entity.id), "score": neighbour.score ?? .null,
                    "rule": neighbour.rule.map { .string($0) } ?? .null,
                ]
            })
        facts["history"] = .array(
            detail.series.map { series in
                [
                    "attribute": .string(series.attribute), "total": JSON(series.count),
                    "values": .array(
                        series.values.map { value in
                            [
                                "observedAt": .string(DateTime.text(value.observedAt)),
                                "value": (try? JSON(parsing: value.value)) ?? .null,
                            ]
                        }),
                ]
            })
        return facts
    }
}
