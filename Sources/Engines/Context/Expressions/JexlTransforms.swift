import JSON

extension JexlEvaluator {
    /// A transform of Orion's («Available Transformations»); one that does not fit its input gives null.
    mutating func transform(_ input: JSON, _ name: String, _ arguments: [JSON]) throws(JexlFailure) -> JSON {
        let call = JexlCall(input: input, arguments: arguments, now: scope.now)
        try spend(call.size)
        guard let transform = Self.transforms[name] else { throw JexlFailure() }
        var budget = remaining
        let result = transform(call, &budget) ?? .null
        remaining = budget
        try spend(JexlCall.size(of: result))
        return result
    }

    typealias Transform = @Sendable (JexlCall, inout Int) -> JSON?

    private static let transforms: [String: Transform] = [
        "uppercase": { call, _ in call.text.map { .string($0.uppercased()) } },
        "lowercase": { call, _ in call.text.map { .string($0.lowercased()) } },
        "split": { call, _ in call.split },
        "indexOf": { call, _ in call.indexOf },
        "len": { call, _ in call.text.map { JSON($0.unicodeScalars.count) } },
        "trim": { call, _ in call.trimmed },
        "substring": { call, _ in call.substring },
        "includes": { call, _ in call.includes },
        "isNaN": { call, _ in .bool(call.input.numberValue == nil) },
        "parseInt": { call, _ in call.parsedInteger },
        "parseFloat": { call, _ in call.parsedNumber },
        "typeOf": { call, _ in .string(call.typeName) },
        "toString": { call, _ in .string(call.input.stringValue ?? call.input.description) },
        "toJson": { call, _ in call.text.flatMap { try? JSON(parsing: $0) } },
        "floor": { call, _ in call.number.flatMap { JSON($0.rounded(.down)) } },
        "ceil": { call, _ in call.number.flatMap { JSON($0.rounded(.up)) } },
        "round": { call, _ in call.number.flatMap { JSON($0.rounded()) } },
        "toFixed": { call, _ in call.fixed },
        "log": { call, _ in call.logarithm(.natural) },
        "log10": { call, _ in call.logarithm(.ten) },
        "log2": { call, _ in call.logarithm(.two) },
        "sqrt": { call, _ in call.number.flatMap { JSON($0.squareRoot()) } },
        "replaceStr": { call, _ in call.replaced },
        "replaceRegex": { call, budget in call.replacedPattern(&budget) },
        "matchRegex": { call, budget in call.matchedPattern(&budget) },
        "mapper": { call, _ in call.mapped },
        "thMapper": { call, _ in call.thresholdMapped },
        "values": { call, _ in call.input.objectValue.map { .array($0.members.map(\.value)) } },
        "keys": { call, _ in call.input.objectValue.map { .array($0.names.map { .string($0) }) } },
        "arrSum": { call, _ in call.sum.flatMap { JSON($0) } },
        "arrAvg": { call, _ in call.average },
        "now": { call, _ in call.timeFromNow },
        "toIsoString": { call, _ in call.isoText },
        "getTime": { call, _ in call.secondsOfTime },
    ]
}
