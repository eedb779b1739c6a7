import Entities
import Storage
import Web

/// `options` and `format` of a request whose body may be simplified (ETSI GS CIM 009 clauses 6.3.7 and 6.5.3.4).
struct InputFormat {
    let isSimplified: Bool

    private static let known: Set<String> = ["normalized", "concise", "simplified", "keyValues"]
    static let choices = ["normalized", "concise", "simplified", "keyValues"]

    init(_ call: Call) throws(Refusal) {
        let names = try call.list("options") + (call.query["format"].map { [$0] } ?? [])
        for name in names where !Self.known.contains(name) {
            throw Refusal(
                .badRequest, "There is no option '\(name.prefix(50))'.",
                faults: [.init("options", "One of \(Self.choices.joined(separator: ", ")).")])
        }
        isSimplified = names.last.map { $0 == "simplified" || $0 == "keyValues" } ?? false
    }

    func mergeDefaults(_ call: Call) throws(Refusal) -> MergeDefaults {
        if let time = call.query["observedAt"], DateTime.instant(time) == nil {
            throw Refusal(
                .badRequest, "'observedAt' must be a DateTime such as 2026-04-01T00:00:00Z.",
                faults: [.init("observedAt", "It cannot be read.")])
        }
        return MergeDefaults(
            observedAt: call.query["observedAt"], language: call.query["lang"], isSimplified: isSimplified)
    }
}
