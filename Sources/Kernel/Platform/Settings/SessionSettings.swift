/// How long people stay signed in.
public struct SessionSettings: Sendable, Hashable {
    /// `sessions.idle`, seconds, default `2h`: a session without a request for so long ends.
    public var idleSeconds: Double
    /// `sessions.absolute`, seconds, default `12h`: a session ends after so long in any case.
    public var absoluteSeconds: Double

    static let fields = [
        SettingField("sessions.idle", .seconds, default: "2h", "A session without a request for so long ends."),
        SettingField("sessions.absolute", .seconds, default: "12h", "A session ends after so long in any case."),
    ]

    init(_ reader: inout SettingsReader) {
        idleSeconds = reader.seconds("sessions.idle", in: 60...86_400)
        absoluteSeconds = reader.seconds("sessions.absolute", in: 60...2_592_000)
        if absoluteSeconds < idleSeconds {
            reader.refuse("sessions.absolute", "must be at least sessions.idle")
        }
    }

    public var lifetime: SessionLifetime {
        SessionLifetime(idleSeconds: idleSeconds, absoluteSeconds: absoluteSeconds)
    }
}
