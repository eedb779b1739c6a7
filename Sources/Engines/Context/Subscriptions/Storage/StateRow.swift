import Storage

/// `context_subscription_states` rows as values, and back.
enum StateRow {
    static func key(_ key: SubscriptionKey) -> RowKey {
        RowKey(
            "context_subscription_states",
            [(name: "space", value: .text(key.space)), (name: "subscription", value: .text(key.id))])
    }

    static func decode(_ row: Row) -> SubscriptionState {
        var state = SubscriptionState()
        state.timesSent = row.int64("times_sent")
        state.timesFailed = row.int64("times_failed")
        state.lastNotification = row.optionalInstant("last_notification")
        state.lastSuccess = row.optionalInstant("last_success")
        state.lastFailure = row.optionalInstant("last_failure")
        state.lastError = row.optionalText("last_error")
        state.lastStatus = row.optionalInt64("last_status").map { Int($0) }
        state.failuresInARow = row.int64("failures_in_a_row")
        return state
    }

    static let upsert = """
        INSERT INTO context_subscription_states (times_sent, times_failed, last_notification, last_success,
        last_failure, last_error, last_status, failures_in_a_row, space, subscription)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (space, subscription) DO UPDATE SET times_sent = excluded.times_sent,
        times_failed = excluded.times_failed, last_notification = excluded.last_notification,
        last_success = excluded.last_success, last_failure = excluded.last_failure, last_error = excluded.last_error,
        last_status = excluded.last_status, failures_in_a_row = excluded.failures_in_a_row
        """

    static func values(_ key: SubscriptionKey, _ state: SubscriptionState) -> [SQLValue] {
        [
            .int64(state.timesSent), .int64(state.timesFailed), .optional(state.lastNotification),
            .optional(state.lastSuccess), .optional(state.lastFailure), .optional(state.lastError),
            .optional(state.lastStatus.map { Int64($0) }), .int64(state.failuresInARow), .text(key.space),
            .text(key.id),
        ]
    }
}
