import Entities
import JSON
import Storage
import Web

/// Subscriptions as people see them.
struct SubscriptionView {
    let words: WordBook
    let now: Instant

    private func word(_ name: String) -> Phrase { words[WordKey("context.subscriptions.\(name)")] }

    /// Its own name or description, else its id.
    func name(_ record: SubscriptionRecord) -> Phrase {
        let text = record.source["subscriptionName"]?.stringValue ?? record.source["description"]?.stringValue
        return text.map { words.inJapanese(Phrase(String($0.prefix(200)))) } ?? Phrase(record.key.id)
    }

    func state(_ found: SubscriptionOverview) -> String {
        if found.record.expiresAt.map({ $0 <= now }) ?? false { return "expired" }
        if !found.record.isActive { return "paused" }
        return found.state.isFailing ? "failing" : "active"
    }

    private func chip(_ found: SubscriptionOverview) -> HTML {
        let state = state(found)
        let colours: [String: Chip.Colour] = ["active": .green, "failing": .red]
        return Chip(word(state), colours[state] ?? .grey).html
    }

    func table(_ all: [SubscriptionOverview]) -> HTML {
        let rows = all.map { found -> [HTML] in
            [
                .link(name(found.record), to: SubscriptionPages.path(found.record.key)), chip(found),
                .text(words.numbers.grouped(Int(found.state.timesSent))),
                .text(words.numbers.grouped(Int(found.state.timesFailed))),
                .text(words.numbers.grouped(found.parked)), time(found.state.lastSuccess),
            ]
        }
        return DataTable(
            caption: word("title"),
            columns: [
                .init(word("name")), .init(word("state")), .init(word("sent"), numeric: true),
                .init(word("failed"), numeric: true), .init(word("parked"), numeric: true), .init(word("lastSuccess")),
            ], rows: rows, dense: true, hidesCaption: true
        ).html(words)
    }

    private func time(_ instant: Instant?) -> HTML { instant.map { words.dateTime($0).html } ?? .text("–") }

    private func code(_ text: String) -> HTML { .element("code", [:], .text(text)) }

    func details(_ found: SubscriptionOverview) -> HTML {
        let (record, state) = (found.record, found.state)
        var rows: [(Phrase, HTML)] = [
            (word("state"), chip(found)), (word("id"), code(record.key.id)), (word("space"), code(record.key.space)),
            (word("protocol"), .text(record.dialect == .ngsiLD ? "NGSI-LD" : "NGSIv2")),
            (word("receiver"), code(Self.receiver(record))),
            (word("sent"), .text(words.numbers.grouped(Int(state.timesSent)))),
            (word("failed"), .text(words.numbers.grouped(Int(state.timesFailed)))),
            (word("parked"), .text(words.numbers.grouped(found.parked))),
            (word("lastSuccess"), time(state.lastSuccess)), (word("lastFailure"), time(state.lastFailure)),
        ]
        if state.isFailing, let error = state.lastError {
            rows.append((word("error"), .element("span", ["lang": "en"], .text(error))))
        }
        return DefinitionList(rows).html(words)
    }

    /// Where notifications go, without user and password.
    static func receiver(_ record: SubscriptionRecord) -> String {
        let notification = record.source["notification"]
        let targets = ["http", "httpCustom", "mqtt", "mqttCustom"].compactMap { notification?[$0]?["url"]?.stringValue }
        let uri = notification?["endpoint"]?["uri"]?.stringValue ?? targets.first ?? ""
        return EndpointAddress.hidingPassword(uri)
    }

    /// One form for each thing that can be done now.
    func forms(_ found: SubscriptionOverview, token: String?) -> HTML {
        guard let token else { return .empty }
        var actions: [SubscriptionAction] = [found.record.isActive ? .pause : .resume]
        if found.parked > 0 { actions += [.replay, .forget] }
        return actions.map { action in
            PageForm(
                post: "\(SubscriptionPages.path(found.record.key))/\(action.rawValue)", token: token,
                submit: word(action.rawValue), fields: []
            ).html(words)
        }.joined()
    }

    func parked(_ waiting: [ParkedNotification]) -> HTML {
        guard !waiting.isEmpty else { return .empty }
        let rows = waiting.map { parked -> [HTML] in
            [
                time(parked.parkedAt), code(parked.entities.joined(separator: ", ")),
                .text(words.numbers.grouped(parked.tries)), .element("span", ["lang": "en"], .text(parked.error)),
            ]
        }
        let table = DataTable(
            caption: word("parkedTitle"),
            columns: [
                .init(word("time")), .init(word("entities")), .init(word("tries"), numeric: true), .init(word("error")),
            ], rows: rows, dense: true, hidesCaption: true)
        return Section(id: "parked", title: word("parkedTitle"), body: table.html(words)).html(words)
    }

    func facts(_ found: SubscriptionOverview) -> JSON {
        let state = found.state
        func time(_ instant: Instant?) -> JSON { instant.map { .string(DateTime.text($0)) } ?? .null }
        return [
            "id": .string(found.record.key.id), "space": .string(found.record.key.space),
            "protocol": .string(found.record.dialect.rawValue), "state": .string(self.state(found)),
            "receiver": .string(Self.receiver(found.record)), "timesSent": .int(state.timesSent),
            "timesFailed": .int(state.timesFailed), "lastSuccess": time(state.lastSuccess),
            "lastFailure": time(state.lastFailure), "parked": JSON(found.parked),
        ]
    }
}

extension ParkedNotification {
    /// What may be shown of it.
    var facts: JSON {
        [
            "number": .int(number), "parkedAt": .string(DateTime.text(parkedAt)),
            "entities": .array(entities.map { .string($0) }), "tries": .int(Int64(tries)), "error": .string(error),
            "uri": .string(EndpointAddress.hidingPassword(request.url)),
        ]
    }
}
