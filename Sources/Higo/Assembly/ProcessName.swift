import Foundation

/// Names this process among those that share a database.
enum ProcessName {
    static var current: String { "\(ProcessInfo.processInfo.hostName)/\(ProcessInfo.processInfo.processIdentifier)" }
    static var seed: UInt64 { UInt64(ProcessInfo.processInfo.processIdentifier) }
}
