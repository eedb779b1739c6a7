import AsyncHTTPClient
import Foundation
import JSON
import LinkedData
import NIOCore
import NIOHTTP1
import Platform
import Synchronization

/// Reads contexts from the places that their addresses stand for: over HTTP within bounds, or from a folder of this
/// machine where the settings map the address to one.
struct ContextFetcher: Sendable {
    private struct Failure: Error { let outcome: ContextFetch }

    private static let mostRedirects = 5
    /// Fetches at once, so that requests with made-up addresses cannot make this server ask the whole world.
    private static let mostAtOnce = 32

    private let settings: ContextSettings
    private let policy: FetchPolicy
    private let mapping: ContextMapping
    /// What is wrong with the setting; every fetch says so.
    private let mappingFault: String?
    private let running = Running()

    init(_ settings: ContextSettings) {
        self.settings = settings
        policy = FetchPolicy(settings)
        let rules = settings.mapping.split(separator: ";").joined(separator: "\n")
        do throws(LDError) {
            mapping = try ContextMapping(parsing: rules)
            mappingFault = nil
        } catch {
            mapping = ContextMapping()
            mappingFault = "The setting contexts.mapping cannot be read: \(error.description)"
        }
    }

    func fetch(_ address: String, known: ContextFreshness?) async -> ContextFetch {
        if let mappingFault { return .unreachable(reason: mappingFault) }
        switch mapping.place(of: address) {
        case nil: return .refused(reason: "The address leads out of the folder that stands for it.")
        case .file(let path): return read(path)
        case .address(let address):
            guard running.begin(most: Self.mostAtOnce) else {
                return .unreachable(reason: "Too many contexts are being fetched at the moment.")
            }
            defer { running.end() }
            return await download(address, known)
        }
    }

    private func read(_ path: String) -> ContextFetch {
        guard let file = FileHandle(forReadingAtPath: path) else {
            return .refused(reason: "There is no such file in the folder that stands for it.")
        }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: settings.largestBytes + 1) else {
            return .unreachable(reason: "The file that stands for it cannot be read.")
        }
        return document(Array(data), ContextFreshness(lifetime: 60))
    }

    private func document(_ bytes: [UInt8], _ freshness: ContextFreshness) -> ContextFetch {
        guard bytes.count <= settings.largestBytes else {
            return .refused(reason: "It is larger than \(settings.largestBytes) bytes.")
        }
        guard let json = try? JSON(parsing: bytes), json["@context"] != nil else {
            return .refused(reason: "What is there is no JSON object with an \"@context\".")
        }
        return .document(json, freshness, bytes: bytes.count)
    }

    private func download(_ address: String, _ known: ContextFreshness?) async -> ContextFetch {
        let deadline = NIODeadline.now() + .nanoseconds(Int64(settings.timeoutSeconds * 1e9))
        var next = address
        do {
            for _ in 0...Self.mostRedirects {
                let answer = try await request(next, known, deadline)
                if let place = answer.redirect {
                    next = place
                } else {
                    return answer.outcome
                }
            }
            return .refused(reason: "It redirects more than \(Self.mostRedirects) times.")
        } catch let failure as Failure {
            return failure.outcome
        } catch let denied as FetchPolicy.Denied {
            return .refused(reason: denied.reason)
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            return .unreachable(reason: "No whole answer came within \(settings.timeoutSeconds) s.")
        } catch {
            return .unreachable(reason: "The server cannot be reached.")
        }
    }

    /// One request over a connection of its own, to the very address that the policy has looked at.
    private func request(
        _ address: String, _ known: ContextFreshness?, _ deadline: NIODeadline
    ) async throws -> (outcome: ContextFetch, redirect: String?) {
        guard let url = URL(string: address), let host = url.host(), ["http", "https"].contains(url.scheme ?? "") else {
            throw Failure(outcome: .refused(reason: "It is no http or https address."))
        }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .nanoseconds(Int64(settings.timeoutSeconds * 1e9))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [host: try await policy.address(of: host)]
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<(outcome: ContextFetch, redirect: String?), any Error>
        do {
            result = .success(try await answer(client, url, known, deadline))
        } catch { result = .failure(error) }
        try? await client.shutdown()
        return try result.get()
    }

    private func answer(
        _ client: HTTPClient, _ url: URL, _ known: ContextFreshness?, _ deadline: NIODeadline
    ) async throws -> (outcome: ContextFetch, redirect: String?) {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "Accept", value: "application/ld+json, application/json;q=0.9")
        if let etag = known?.etag { request.headers.add(name: "If-None-Match", value: etag) }
        if let date = known?.lastModified { request.headers.add(name: "If-Modified-Since", value: date) }
        let response = try await client.execute(request, deadline: deadline)
        let freshness = ContextFreshness { response.headers.first(name: $0) }
        switch response.status.code {
        case 200:
            let body = try await collect(response.body)
            return (document(body, freshness), nil)
        case 304: return (.unchanged(freshness), nil)
        case 301, 302, 303, 307, 308:
            guard let place = response.headers.first(name: "Location"),
                let next = URL(string: place, relativeTo: url)?.absoluteString
            else { return (.refused(reason: "It redirects to nowhere."), nil) }
            return (.unreachable(reason: ""), next)
        case 429, 500...: return (.unreachable(reason: "The server answered \(response.status.code)."), nil)
        default: return (.refused(reason: "The server answered \(response.status.code)."), nil)
        }
    }

    private func collect(_ body: HTTPClientResponse.Body) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in body {
            bytes += part.readableBytesView
            guard bytes.count <= settings.largestBytes else {
                throw Failure(outcome: .refused(reason: "It is larger than \(settings.largestBytes) bytes."))
            }
        }
        return bytes
    }
}

/// Counts what runs at once.
private final class Running: Sendable {
    private let count = Atomic<Int>(0)

    func begin(most: Int) -> Bool {
        if count.add(1, ordering: .relaxed).newValue <= most { return true }
        end()
        return false
    }

    func end() { count.subtract(1, ordering: .relaxed) }
}
