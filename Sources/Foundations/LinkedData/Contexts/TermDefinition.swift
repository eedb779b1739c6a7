/// What a context says of one term (JSON-LD 1.1 §9.15).
public struct TermDefinition: Sendable, Hashable {
    /// How a string value of the term is read (`@type`).
    public enum Coercion: Sendable, Hashable {
        /// `@id`: the value is an IRI or a compact IRI.
        case id
        /// `@vocab`: the value is a term, a compact IRI or an IRI.
        case vocab
        /// `@json`: the value is JSON as it is.
        case json
        /// `@none`: no coercion.
        case none
        /// The IRI of a data type.
        case datatype(String)
    }

    /// What holds the values (`@container`).
    public struct Container: OptionSet, Sendable, Hashable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let list = Container(rawValue: 1)
        public static let set = Container(rawValue: 2)
        public static let language = Container(rawValue: 4)
        public static let index = Container(rawValue: 8)
        public static let id = Container(rawValue: 16)
        public static let type = Container(rawValue: 32)
        public static let graph = Container(rawValue: 64)
    }

    /// An IRI, a keyword that the term stands for (`@id`), or nil if the context takes the term's meaning away.
    public var iri: String?
    public var coercion: Coercion?
    public var container: Container
    /// The language of strings in lower case; `.some(nil)` says that they have none.
    public var language: String??
    /// Whether the term is a property read backwards (`@reverse`).
    public var isReverse: Bool
    /// Whether compact IRIs may begin with the term.
    public var isPrefix: Bool
    /// Whether a later context may not say otherwise.
    public var isProtected: Bool

    public init(
        iri: String?, coercion: Coercion? = nil, container: Container = [], language: String?? = nil,
        isReverse: Bool = false, isPrefix: Bool = false, isProtected: Bool = false
    ) {
        self.iri = iri
        self.coercion = coercion
        self.container = container
        self.language = language
        self.isReverse = isReverse
        self.isPrefix = isPrefix
        self.isProtected = isProtected
    }

    /// The keyword that the term is another word for.
    public var keyword: String? { iri.flatMap { Keyword.isKeyword($0) ? $0 : nil } }

    /// Whether two definitions differ in protection at most.
    func says(sameAs other: TermDefinition) -> Bool {
        var twin = other
        twin.isProtected = isProtected
        return self == twin
    }
}
