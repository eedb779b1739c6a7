import Logging
import Platform

/// Sends log lines to standard error, so that standard output stays for answers.
enum LogOutput {
    static func start(_ settings: LogSettings, quiet: Bool = false) {
        let level = quiet ? .warning : Logger.Level(rawValue: settings.level.rawValue) ?? .info
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }
}
