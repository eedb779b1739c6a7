import JSON
import Storage
import Web

/// Pages of text: what Higo is, how far everybody can use it, and what developers find.
struct AboutPages: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        add("/about", "about", "What Higo is.", to: &table)
        add("/accessibility", "accessibility", "How far everybody can use these pages.", to: &table)
        add("/api", "api", "What developers find here.", to: &table)
    }

    private func add(_ path: String, _ name: String, _ summary: String, to table: inout RouteTable) {
        table.add(
            .page(path, summary, tag: "portal", cost: .point) { call in
                let words = ports.pages.words(for: call)
                let title = words[WordKey("portal.\(name).title")]
                let text = words[WordKey("portal.\(name).lead")]
                var facts: JSON = ["title": .string(title.text), "summary": .string(text.text)]
                if name == "api" { facts["links"] = Self.links }
                return ports.pages.answer(
                    call,
                    Page(
                        title: title, lead: text,
                        body: ports.pages.render("portal-\(name)", ["origin": Self.origin(ports)], words),
                        isWide: false,
                        facts: facts))
            })
    }

    /// What examples call the site.
    private static func origin(_ ports: Ports) -> String {
        ports.site.publicOrigin ?? "http://127.0.0.1:\(ports.site.port)"
    }

    private static let links: JSON = [
        "openapi": "/openapi.json", "ngsi-ld": "/ngsi-ld/v1", "health": "/healthz", "readiness": "/readyz",
        "metrics": "/metrics", "problems": "/problems",
    ]
}
