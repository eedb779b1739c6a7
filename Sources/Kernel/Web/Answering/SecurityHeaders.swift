import HTTPTypes

/// What every answer, or every page, tells the browser to be careful about.
struct SecurityHeaders: Sendable {
    /// For documents that a browser shows: pages and pictures in SVG.
    let document: [HTTPField]
    /// For everything.
    let every: [HTTPField]

    init(_ settings: SiteSettings) {
        every =
            [HTTPField(name: .xContentTypeOptions, value: "nosniff")]
            + (settings.isSecure
                ? [HTTPField(name: .strictTransportSecurity, value: "max-age=31536000; includeSubDomains")] : [])
        document = [
            HTTPField(name: .contentSecurityPolicy, value: Self.policy(settings.mapHosts)),
            // Browsers withhold `Origin` from forms under `no-referrer`, and forms need it.
            HTTPField(name: .referrerPolicy, value: "same-origin"),
            HTTPField(
                name: .permissionsPolicy,
                value: "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"),
            HTTPField(name: .openerPolicy, value: "same-origin"),
            HTTPField(name: .frameOptions, value: "DENY"),
        ]
    }

    /// No inline script or style, nothing from other sites but the base maps of the settings. MapLibre's worker is a
    /// blob and its icons are data.
    private static func policy(_ mapHosts: [String]) -> String {
        let maps = mapHosts.map { " " + $0 }.joined()
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:\(maps); "
            + "connect-src 'self'\(maps); worker-src blob:; font-src 'self'; base-uri 'none'; form-action 'self'"
    }
}
