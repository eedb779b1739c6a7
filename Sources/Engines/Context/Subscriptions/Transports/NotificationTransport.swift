/// Carries notifications to endpoints of one kind.
protocol NotificationTransport: Sendable {
    /// Returns when the receiver has taken the notification.
    /// - Returns: the HTTP status, where there is one.
    func send(
        _ notification: RenderedNotification, to endpoint: NotificationEndpoint, seconds: Double
    ) async throws(DeliveryFailure) -> Int?

    /// Closes what is open.
    func close() async
}
