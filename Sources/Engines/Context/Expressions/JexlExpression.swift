import JSON
import Storage

/// What an expression may name, and the time that it is evaluated at.
package struct JexlScope: Sendable {
    package var values: [String: JSON]
    package var now: Instant

    package init(_ values: [String: JSON], now: Instant) {
        self.values = values
        self.now = now
    }
}

/// A JEXL expression as Orion documents them («JEXL Support» of its API): one value in, one value out, at bounded cost.
package struct JexlExpression: Sendable, Hashable {
    private let root: JexlNode

    /// Refuses what is no expression.
    package init(parsing text: String) throws(JexlSyntaxError) { root = try JexlParser.parse(text) }

    /// The value; null where it cannot be had: an unknown name or transform, an operation on values that it does not go
    /// with, or more work than an expression may cost. That is Orion's failsafe behaviour.
    package func value(in scope: JexlScope) -> JSON {
        var evaluator = JexlEvaluator(scope)
        return (try? evaluator.value(root)) ?? .null
    }

    /// The value of a text that may be no expression; null then.
    package static func value(of text: String, in scope: JexlScope) -> JSON {
        (try? JexlExpression(parsing: text))?.value(in: scope) ?? .null
    }
}
