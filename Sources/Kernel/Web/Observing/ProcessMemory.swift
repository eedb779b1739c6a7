import Foundation

/// What the system says of this process's memory.
enum ProcessMemory {
    /// Resident bytes; `nil` where the system does not tell.
    static func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let pages = text.split(separator: " ")
        guard pages.count > 1, let resident = Int(pages[1]) else { return nil }
        return resident * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
