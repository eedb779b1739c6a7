import Storage

/// The tables of subscriptions.
enum SubscriptionSchema {
    static let migrations = [
        Migration(
            "0001-subscriptions",
            [
                .createTable(subscriptions), .createTable(states), .createTable(held), .createTable(parked),
                .createIndex(
                    Index("context_parked_age", on: "context_parked", ["space", "subscription", "number"])),
                .createSequence(name: parkedNumbers),
            ])
    ]

    static let parkedNumbers = "context_parked_numbers"

    private static let subscriptions = Table(
        "context_subscriptions", primaryKey: ["space", "id"], tenancy: .column("space"),
        [
            Column("space", .text), Column("id", .text), Column("owner", .text), Column("maker", .json),
            Column("dialect", .text), Column("source", .json), Column("names", .json),
            Column("is_active", .bool), Column("expires", .instant, optional: true), Column("created", .instant),
            Column("modified", .instant), Column("version", .int64),
        ])

    /// What became of a subscription's notifications; written by the node that sends them.
    private static let states = Table(
        "context_subscription_states", primaryKey: ["space", "subscription"], tenancy: .column("space"),
        [
            Column("space", .text), Column("subscription", .text), Column("times_sent", .int64),
            Column("times_failed", .int64), Column("last_notification", .instant, optional: true),
            Column("last_success", .instant, optional: true), Column("last_failure", .instant, optional: true),
            Column("last_error", .text, optional: true), Column("last_status", .int64, optional: true),
            Column("failures_in_a_row", .int64),
        ])

    /// Entities that changed while their subscription was throttled, or whose notification was under way then.
    private static let held = Table(
        "context_held", primaryKey: ["space", "subscription", "entity"], tenancy: .column("space"),
        [
            Column("space", .text), Column("subscription", .text), Column("entity", .text),
            Column("change", .json, optional: true), Column("time", .instant),
        ])

    /// Notifications that failed too often and wait for people.
    private static let parked = Table(
        "context_parked", primaryKey: ["space", "number"], unique: [["number"]], tenancy: .column("space"),
        [
            Column("number", .int64), Column("space", .text), Column("subscription", .text),
            Column("entities", .json), Column("method", .text), Column("url", .text), Column("headers", .json),
            Column("body", .bytes), Column("time", .instant), Column("tries", .int64), Column("error", .text),
        ])
}

/// What happens to subscriptions, in the change log.
enum SubscriptionEvents {
    static let created: EventType = "context.subscription.created"
    static let updated: EventType = "context.subscription.updated"
    static let deleted: EventType = "context.subscription.deleted"
    static let all = [created, updated, deleted]
    static let prefix = "context.subscription."
}
