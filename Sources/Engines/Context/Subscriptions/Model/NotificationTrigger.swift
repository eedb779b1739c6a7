/// What kind of change makes a notification (ETSI GS CIM 009 clause 5.2.12).
public enum NotificationTrigger: String, Sendable, Hashable, CaseIterable {
    case entityCreated, entityUpdated, entityDeleted, attributeCreated, attributeUpdated, attributeDeleted

    /// What a subscription means that names none.
    public static let standard: Set<NotificationTrigger> = [.attributeCreated, .attributeUpdated]
}
