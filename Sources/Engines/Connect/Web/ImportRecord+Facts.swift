import JSON
import Storage

extension ImportRecord {
    /// The import as JSON: the same facts as its page.
    package var facts: JSON {
        var facts = report.json
        facts["id"] = .string(id)
        facts["state"] = .string(state.rawValue)
        facts["tenant"] = .string(tenant.rawValue)
        facts["municipality"] = JSON(about)
        facts["chunks"] = JSON(chunks)
        facts["chunksApplied"] = JSON(applied)
        facts["startedAt"] = .string(ClockText.iso(started.microseconds))
        facts["finishedAt"] = finished.map { .string(ClockText.iso($0.microseconds)) } ?? .null
        return facts
    }
}
