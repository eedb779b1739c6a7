import Foundation
import JSON
import Storage
import Synchronization

/// One request and its answer, as the access log keeps them. The query is left out: it may say what a person sought.
struct AccessRecord: Sendable {
    let time: Instant
    let requestID: String
    let method: String
    let path: String
    /// The template that took it; `nil`: none.
    let route: String?
    let status: Int
    let bytes: Int
    let nanoseconds: UInt64
    let actor: String
    let client: @Sendable () -> String?

    /// One line of JSON without its end.
    func write(into line: inout [UInt8]) {
        var value: JSON = [
            "time": .string(AccessTime.text(time)), "request": .string(requestID), "method": .string(method),
            "path": .string(path),
        ]
        value["route"] = route.map(JSON.string)
        value["status"] = JSON(status)
        value["bytes"] = JSON(bytes)
        value["ms"] = JSON(Double(nanoseconds / 1_000) / 1_000)
        value["actor"] = .string(actor)
        value["client"] = client().map(JSON.string)
        value.write(into: &line)
    }
}

/// Gathers access records in memory; one writer takes them in batches, so that no request waits for a file.
public final class AccessLog: Sendable {
    /// Records kept while the writer is behind; more are counted and dropped.
    static let capacity = 100_000

    private struct Waiting {
        var records: [AccessRecord] = []
        var dropped = 0
    }

    let isOn: Bool
    private let target: AccessLogTarget
    private let waiting = Mutex(Waiting())

    init(_ target: AccessLogTarget) {
        self.target = target
        isOn = target != .off
    }

    func add(_ record: AccessRecord) {
        waiting.withLock { waiting in
            if waiting.records.count < Self.capacity { waiting.records.append(record) } else { waiting.dropped += 1 }
        }
    }

    /// The lines of what waits, taken out.
    package func take() -> [UInt8] {
        let taken = waiting.withLock { waiting in
            defer { waiting = Waiting() }
            return waiting
        }
        var lines: [UInt8] = []
        lines.reserveCapacity(taken.records.count * 256)
        for record in taken.records {
            record.write(into: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        if taken.dropped > 0 { lines.append(contentsOf: "{\"dropped\":\(taken.dropped)}\n".utf8) }
        return lines
    }

    /// Writes what waits. Called by the one writer only.
    func flush(to file: FileHandle) {
        let lines = take()
        if !lines.isEmpty { try? file.write(contentsOf: Data(lines)) }
    }

    func open() -> FileHandle? {
        switch target {
        case .off: return nil
        case .standardOutput: return .standardOutput
        case .file(let path):
            if !FileManager.default.fileExists(atPath: path) {
                _ = FileManager.default.createFile(atPath: path, contents: nil)
            }
            let file = FileHandle(forWritingAtPath: path)
            _ = try? file?.seekToEnd()
            return file
        }
    }
}
