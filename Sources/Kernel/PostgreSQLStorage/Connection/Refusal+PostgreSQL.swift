import CPQ
import Storage

extension Refusal {
    init(postgreSQL result: OpaquePointer, sql: String) {
        let state = PQresultErrorField(result, CInt(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        let message = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        let detail = "PostgreSQL \(state): \(message) in: \(sql)"
        switch state {
        case "40001", "40P01": self = .serialization
        case "0A000" where message.contains("cached plan"): self = .stalePlan
        case "57014":
            self.init(.queryTooSlow, "The query took too long and was stopped. Narrow it, or ask for fewer rows.")
        case "23505": self.init(.alreadyExists, "A row with this key exists already.")
        case _ where ["08", "53", "57"].contains(state.prefix(2)): self.init(.unavailable, detail)
        default: self.init(.storage, detail)
        }
    }

    /// A migration changed a table while its statement was prepared; prepared anew it runs.
    static let stalePlan = Refusal(.unavailable, "The schema has just changed. Try again.")

    /// Two transactions got in each other's way; the one that says so runs again.
    static let serialization = Refusal(
        .unavailable, "Others are changing the same rows at this moment. Try again in a second.")
}
