import Platform

/// When a notification that did not arrive is tried again, and when it is put aside.
package struct RetryPolicy: Sendable {
    /// Seconds before the second try; doubled with each further one.
    package var firstWait = 1.0
    package var longestWait = 60.0
    /// Tries before it is put aside.
    package var tries = 8
    /// Seconds that a receiver may take if the subscription does not say.
    package var timeout = 10.0

    package init() {}

    init(_ settings: NotificationSettings) {
        tries = settings.tries
        timeout = settings.timeoutSeconds
    }

    /// - Parameter failures: of the endpoint in a row, this one included.
    func wait(afterFailures failures: Int, cooldown: Double?) -> Double {
        max(min(firstWait * Double(1 << min(max(failures - 1, 0), 16)), longestWait), cooldown ?? 0)
    }
}
