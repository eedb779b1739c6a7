import Storage
import Web

extension Call {
    /// The parts of a comma-separated parameter; empty without it. Refuses an empty part.
    func list(_ name: String) throws(Refusal) -> [String] {
        guard let text = query[name] else { return [] }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else {
            throw Refusal(
                .badRequest, "'\(name)' has an empty part.", faults: [.init(name, "Separate names by single commas.")])
        }
        return parts
    }

    func flag(_ name: String) -> Bool { query[name] == "true" }
}
