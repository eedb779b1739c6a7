import Foundation
import JSON
import Storage

/// Where facts are folded to: one indicator, day, tenant and breakdown.
struct FigureCell: Sendable, Hashable {
    var indicator: String
    /// Days since 1970-01-01.
    var day: Int
    /// `-` if there is none.
    var tenant: String
    /// A JSON object with names in order; `{}` if there is none.
    var breakdown: String

    init(indicator: String, day: Int, tenant: TenantID?, breakdown: [String: String]) {
        self.indicator = indicator
        self.day = day
        self.tenant = tenant?.rawValue ?? "-"
        let members = breakdown.sorted { $0.key < $1.key }.map { JSONObject.Member($0.key, .string($0.value)) }
        self.breakdown = JSON.object(JSONObject(members)).description
    }

    /// The cell and value of a fact in the change log.
    init?(_ json: JSON) {
        guard let indicator = json["indicator"]?.stringValue, let day = json["day"]?.intValue,
            let tenant = json["tenant"]?.stringValue, let breakdown = json["breakdown"]?.stringValue
        else { return nil }
        self.indicator = indicator
        self.day = day
        self.tenant = tenant
        self.breakdown = breakdown
    }

    var key: RowKey {
        RowKey(
            "platform_figures",
            [
                ("indicator", .text(indicator)), ("day", .int(day)), ("tenant", .text(tenant)),
                ("breakdown", .text(breakdown)),
            ])
    }

    static func tenant(_ text: String) -> TenantID? { text == "-" ? nil : TenantID(text) }

    static func breakdown(_ text: String) -> [String: String] {
        guard let members = (try? JSON(parsing: text))?.objectValue?.members else { return [:] }
        return Dictionary(
            members.compactMap { member in member.value.stringValue.map { (member.name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
