import JSON
import Storage

/// A list of members with lists of members of linked entities in braces, such as `id,name,locatedIn{name}`
/// (`pick` and `omit`, ETSI GS CIM 009 clause 4.21).
struct ProjectionList: Sendable, Hashable {
    private(set) var members: [String: ProjectionList?] = [:]

    private static let own: Set<String> = ["id", "type", "scope", "createdAt", "modifiedAt", "expiresAt", "deletedAt"]
    private static let deepest = 10

    /// - Parameter parameter: the name of the query parameter, for refusals.
    init(parsing text: String, parameter: String, _ context: RequestContext) throws(Refusal) {
        var rest = text[...]
        self = try Self.list(&rest, parameter, context, depth: 0)
        guard rest.isEmpty else { throw Self.fault(parameter, "A brace is closed that was not opened.") }
    }

    private init() {}

    private static func list(
        _ rest: inout Substring, _ parameter: String, _ context: RequestContext, depth: Int
    ) throws(Refusal) -> ProjectionList {
        guard depth <= deepest else { throw fault(parameter, "Braces are nested deeper than \(deepest).") }
        var list = ProjectionList()
        while true {
            let name = rest.prefix { !",|{}".contains($0) }
            guard !name.isEmpty else { throw fault(parameter, "A name is empty.") }
            rest = rest[name.endIndex...]
            let stored = own.contains(String(name)) ? String(name) : try context.stored(String(name))
            var inner: ProjectionList?
            if rest.first == "{" {
                rest = rest.dropFirst()
                inner = try self.list(&rest, parameter, context, depth: depth + 1)
                guard rest.first == "}" else { throw fault(parameter, "A brace is not closed.") }
                rest = rest.dropFirst()
            }
            list.members.updateValue(inner, forKey: stored)
            guard let next = rest.first, next == "," || next == "|" else { return list }
            rest = rest.dropFirst()
        }
    }

    func contains(_ name: String) -> Bool { members[name] != nil }

    /// What is listed of the entities that an attribute links to.
    func inner(_ name: String) -> ProjectionList? { members[name].flatMap(\.self) }

    private static func fault(_ parameter: String, _ detail: String) -> Refusal {
        Refusal(
            .badRequest, "'\(parameter)' cannot be read: \(detail) Write names like id,temperature,locatedIn{name}.",
            faults: [.init(parameter, detail)])
    }
}

/// Which members of an entity are shown.
struct Projection: Sendable, Hashable {
    /// `attrs`: only these attributes, beside id and type; empty: all.
    var attributes: Set<String> = []
    var pick: ProjectionList?
    var omit: ProjectionList?

    var isAll: Bool { attributes.isEmpty && pick == nil && omit == nil }

    /// Whether a member of the entity itself, such as `id`, is shown.
    func shows(_ member: String) -> Bool {
        (pick?.contains(member) ?? true) && !(omit.map { $0.contains(member) && $0.inner(member) == nil } ?? false)
    }

    func showsAttribute(_ name: String) -> Bool { (attributes.isEmpty || attributes.contains(name)) && shows(name) }

    /// For the entities that an attribute links to.
    func inner(_ name: String) -> Projection { Projection(pick: pick?.inner(name), omit: omit?.inner(name)) }
}
