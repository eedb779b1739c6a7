/// A piece of SQL with its arguments, to be joined into a statement.
public struct SQLFragment: Sendable, Hashable {
    public var sql: String
    public var arguments: [SQLValue]

    public init(_ sql: String, _ arguments: [SQLValue] = []) {
        self.sql = sql
        self.arguments = arguments
    }

    /// The fragments joined by `AND`, each in parentheses; always true if there are none.
    public static func all(_ fragments: [SQLFragment]) -> SQLFragment { joined(fragments, by: " AND ", empty: "1 = 1") }

    /// The fragments joined by `OR`, each in parentheses; never true if there are none.
    public static func any(_ fragments: [SQLFragment]) -> SQLFragment { joined(fragments, by: " OR ", empty: "1 = 0") }

    private static func joined(_ fragments: [SQLFragment], by word: String, empty: String) -> SQLFragment {
        guard !fragments.isEmpty else { return SQLFragment(empty) }
        return SQLFragment(
            fragments.map { "(\($0.sql))" }.joined(separator: word), fragments.flatMap(\.arguments))
    }
}
