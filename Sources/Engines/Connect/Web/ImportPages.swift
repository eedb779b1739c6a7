import HTTPTypes
import JSON
import Storage
import Web

/// `/imports`: what was linked, from which file, how well.
struct ImportPages: Sendable {
    static let pageSize = 50

    let service: ImportService
    let pages: PageKit

    init(service: ImportService, ports: Ports) {
        self.service = service
        pages = ports.pages
    }

    var routes: [Route] {
        [
            Route(
                .get, "/imports", access: .open, cost: .query,
                operation: Operation(
                    "Imports, newest first.", tag: "connect",
                    parameters: [Parameter("page", "The page, from 1.", schema: ["type": "integer", "minimum": 1])],
                    produces: ["application/json", "text/html"]), handler: list),
            Route(
                .get, "/imports/{id}", access: .open, cost: .query,
                operation: Operation(
                    "One import: its progress and report, and rows of a table of its own.", tag: "connect",
                    parameters: [
                        Parameter("id", in: .path, "The import's id.", required: true),
                        Parameter("page", "The page of rows, from 1.", schema: ["type": "integer", "minimum": 1]),
                    ],
                    answers: [200: "The import.", 404: "There is no such import."],
                    produces: ["application/json", "text/html"]), handler: detail),
            Route(
                .get, "/imports/{id}/quarantine.csv", access: .permission(ConnectPermissions.view), cost: .query,
                operation: Operation(
                    "Rows that could not be read, with line and reason.", tag: "connect",
                    parameters: [Parameter("id", in: .path, "The import's id.", required: true)],
                    answers: [200: "CSV in UTF-8.", 404: "There is no such import."], produces: ["text/csv"]),
                handler: quarantine),
            Route(
                .post, "/imports/{id}/undo", access: .permission(ConnectPermissions.run), bodyLimit: 8_192, cost: .job,
                operation: Operation(
                    "Takes an import back.", tag: "connect",
                    parameters: [Parameter("id", in: .path, "The import's id.", required: true)],
                    requestBody: ["application/x-www-form-urlencoded": ["type": "object"]],
                    answers: [
                        303: "Undone.", 403: "It is another body's.", 404: "There is no such import.",
                        409: "A later import changed what it made, or it cannot be undone.",
                    ], produces: ["text/html"]), handler: undo),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let page = try ImportPages.page(of: call)
        let all = try await service.store.list(call.context, limit: 1_000).filter {
            $0.isVisible(to: call.context.actor)
        }
        let shown = Array(all.dropFirst((page - 1) * ImportPages.pageSize).prefix(ImportPages.pageSize))
        let words = pages.words(for: call)
        let table = ImportTable(words: words).html(shown)
        let facts: JSON = ["items": .array(shown.map(\.facts)), "total": JSON(all.count)]
        return pages.answer(
            call,
            Page(
                title: words["connect.imports.title"], lead: words["connect.imports.lead"],
                body: table + Pagination(call, page: page, size: ImportPages.pageSize, total: all.count).html(words),
                facts: facts))
    }

    private func detail(_ call: Call) async throws -> Answer {
        let record = try await find(call)
        let page = try ImportPages.page(of: call)
        let words = pages.words(for: call)
        var facts = record.facts
        var body = ImportView(words: words, catalogue: service.catalogue, mayDownload: mayDownload(call)).html(record)
        if let rows = try await tableRows(call, record, page: page) {
            body = body + rows.html(words, call)
            facts["table"] = rows.facts
        }
        body = body + undoForm(call, record, words)
        return pages.answer(
            call,
            Page(
                title: Phrase(record.file), breadcrumb: [(words["connect.imports.title"], "/imports")], body: body,
                facts: facts))
    }

    private func tableRows(_ call: Call, _ record: ImportRecord, page: Int) async throws -> TableRowsView? {
        let store = service.tables
        guard record.state == .applied, let table = try await store.get(call.context, importID: record.id) else {
            return nil
        }
        let rows = try await store.rows(
            call.context, table, limit: ImportPages.pageSize, offset: (page - 1) * ImportPages.pageSize)
        return TableRowsView(table: table, rows: rows, page: page)
    }

    private func undo(_ call: Call) async throws -> Answer {
        let record = try await find(call)
        try await service.undo(call.context, importID: record.id)
        return .seeOther("/imports/\(record.id)")
    }

    /// The form for who may; measured values cannot be taken back.
    private func undoForm(_ call: Call, _ record: ImportRecord, _ words: WordBook) -> HTML {
        let actor = call.context.actor
        guard record.state == .applied, record.kind != .series, call.session != nil,
            actor.holds(ConnectPermissions.run), actor.isUnrestricted || actor.tenant == record.tenant
        else { return .empty }
        let form = PageForm(
            post: "/imports/\(record.id)/undo", token: call.session?.formToken, submit: words["connect.undo.submit"],
            fields: [.element("p", [:], words["connect.undo.body"].html)])
        return Section(id: "undo", title: words["connect.undo.title"], body: form.html(words)).html(words)
    }

    private func quarantine(_ call: Call) async throws -> Answer {
        try await QuarantineDownload(service: service, words: pages.words(for: call)).answer(call, try await find(call))
    }

    private func mayDownload(_ call: Call) -> Bool { call.context.actor.holds(ConnectPermissions.view) }

    /// What one may not see does not exist.
    private func find(_ call: Call) async throws(Refusal) -> ImportRecord {
        guard let record = try await service.store.get(call.context, id: call.parameter("id")),
            record.isVisible(to: call.context.actor)
        else { throw Refusal(.notFound, "There is no import with this id.") }
        return record
    }

    static func page(of call: Call) throws(Refusal) -> Int {
        guard let text = call.query["page"] else { return 1 }
        guard let page = Int(text), (1...100_000).contains(page) else {
            throw Refusal(.badRequest, "The parameter 'page' is a whole number from 1.")
        }
        return page
    }
}
