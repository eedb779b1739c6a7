import JSON

/// One object of a context while its terms are being defined. They may lean on each other in any order.
struct LocalContext {
    /// Members that are no terms.
    static let settings: Set<String> = [
        "@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab",
    ]

    enum Progress { case started, done }

    private let members: [ExactName: JSON]
    private var progress: [ExactName: Progress] = [:]
    /// How many definitions lean on each other right now.
    var nesting = 0
    let isProtected: Bool

    init(_ object: JSONObject) {
        members = Dictionary(object.map { (ExactName($0.name), $0.value) }) { _, last in last }
        isProtected = object["@protected"] == true
    }

    subscript(term: String) -> JSON? { members[ExactName(term)] }

    func progress(of term: String) -> Progress? { progress[ExactName(term)] }

    mutating func set(_ state: Progress, for term: String) { progress[ExactName(term)] = state }

    /// Whether a term of this object still has to be defined before it can be used.
    func isWaiting(_ term: String) -> Bool {
        progress(of: term) != .done && self[term] != nil && !Self.settings.contains(term)
    }
}
