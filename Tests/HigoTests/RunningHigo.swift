import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import Testing

/// The real program on a folder of its own, started, asked over HTTP, stopped or killed.
final class RunningHigo: @unchecked Sendable {
    // Used by one test at a time; `Process` is not Sendable.
    private let process: Process
    private let output: Pipe
    let port: Int

    static var program: URL {
        // The tests' bundle lies beside the program.
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<3 where !FileManager.default.fileExists(atPath: folder.appending(path: "higo").path) {
            folder.deleteLastPathComponent()
        }
        return folder.appending(path: "higo")
    }

    /// Starts the server and waits until it listens.
    static func start(data: String, _ arguments: [String] = []) async throws -> RunningHigo {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["serve", "--data", data, "--port", "0"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var told = ""
        while true {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw NotStarted(told: told) }
            told += String(decoding: bytes, as: UTF8.self)
            guard let mark = told.range(of: "http://127.0.0.1:"), told[mark.upperBound...].contains("/") else {
                continue
            }
            let port = try #require(Int(told[mark.upperBound...].prefix { $0.isNumber }))
            return RunningHigo(process, output, port)
        }
    }

    /// Runs a command to its end: its status and what it printed.
    static func run(_ arguments: [String], input: String = "") async throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        let standardInput = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        process.standardInput = standardInput
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    private init(_ process: Process, _ output: Pipe, _ port: Int) {
        self.process = process
        self.output = output
        self.port = port
        // Access lines go on; nobody reads them.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    /// SIGKILL: no chance to finish anything.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// SIGTERM: the server finishes what it took. The exit status.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    func get(_ path: String) async throws -> (status: UInt, body: String, headers: [String: String]) {
        try await send("GET", path)
    }

    func send(
        _ method: String, _ path: String, json: JSON? = nil, key: String? = nil
    ) async throws -> (status: UInt, body: String, headers: [String: String]) {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .RAW(value: method)
        request.headers.add(name: "Accept", value: "application/json")
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: json.bytes))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 64 << 20)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
        return (response.status.code, String(buffer: body), headers)
    }

    struct NotStarted: Error {
        var told: String
    }
}

/// A folder that is removed afterwards.
func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "higo-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}
