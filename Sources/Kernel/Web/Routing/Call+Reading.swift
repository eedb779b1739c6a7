import HTTPTypes
import JSON
import Storage

extension Call {
    /// The body as JSON. Refuses with `bad-request`, naming line and column.
    public func json(_ limits: JSONLimits = .standard) throws(Refusal) -> JSON {
        do {
            return try JSON(parsing: body, limits: limits)
        } catch {
            throw Refusal(.badRequest, "The body is not JSON: \(error.description)")
        }
    }

    /// A query parameter as a whole number; `nil` if it is not there. Refuses other text with `invalid-input`.
    public func integer(_ name: String) throws(Refusal) -> Int? {
        guard let text = query[name] else { return nil }
        guard let value = Int(text) else {
            throw Refusal(.invalid, "'\(name)' must be a whole number.", faults: [.init(name, "Not a whole number.")])
        }
        return value
    }

    /// The type that the client likes best among those offered; the first if it does not say, `nil` if it takes none.
    public func preferred(of offered: [String]) -> String? {
        guard let accept = headers[.accept] else { return offered.first }
        return Accept(accept).best(of: offered.map { MediaType($0) })?.text
    }
}
