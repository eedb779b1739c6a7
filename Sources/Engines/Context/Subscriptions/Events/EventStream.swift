import Entities
import JSON
import ServiceLifecycle
import Storage

/// Writes live events to one listener as `text/event-stream`, from where it was cut off last.
struct EventStream: Sendable {
    private static let heartbeatSeconds = 15.0

    let hub: EventHub
    let client: EventClient
    /// What names are shown in.
    let names: RequestContext
    let context: OperationContext
    /// The place after which the listener wants to hear; nil: from now on.
    let lastEvent: LogPosition?

    func write(_ output: @Sendable ([UInt8]) async throws -> Void) async throws {
        let end = try await hub.join(client, context)
        defer { hub.leave(client) }
        var place = min(lastEvent ?? end, end)
        // Says that it listens, and how soon to come again after a break.
        try await output(Array("retry: 2000\n: listening\n\n".utf8))
        var isBehind = true
        var quiet = 0.0
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if isBehind {
                guard let start = client.start else {
                    await client.bell.sleep(seconds: 1)
                    continue
                }
                try await catchUp(from: &place, to: start, output)
                isBehind = false
            }
            guard let matches = client.take() else {
                try await hub.join(client, context)
                isBehind = true
                continue
            }
            let fresh = matches.filter { $0.position > place }
            if let last = fresh.last {
                try await output(fresh.flatMap(event))
                (place, quiet) = (last.position, 0)
            } else {
                quiet += 1
                if quiet >= Self.heartbeatSeconds {
                    try await output(Array(": still here\n\n".utf8))
                    quiet = 0
                }
                await client.bell.sleep(seconds: 1)
            }
        }
    }

    private func catchUp(
        from place: inout LogPosition, to end: LogPosition, _ output: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        while place < end {
            let batch = try await hub.read(after: place, upTo: end, for: client, context)
            if !batch.matches.isEmpty { try await output(batch.matches.flatMap(event)) }
            place = batch.isLast ? end : batch.end
        }
    }

    private func event(_ match: LogBatch.Match) -> [UInt8] {
        let form = NotificationForm(client.subscription, names)
        var bytes = Array("id: \(match.position.transaction)-\(match.position.sequence)\n".utf8)
        bytes += "event: \(Self.name(match.entity.change?.kind))\ndata: ".utf8
        form.writeOne(match.entity, into: &bytes)
        bytes += "\n\n".utf8
        return bytes
    }

    private static func name(_ kind: EntityChangeView.Kind?) -> String {
        switch kind {
        case .created: "entityCreated"
        case .deleted: "entityDeleted"
        case .updated, .observed, nil: "entityUpdated"
        }
    }
}

extension LogPosition {
    /// The id of an event, `TRANSACTION-SEQUENCE`; nil if it is none.
    init?(eventID text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let transaction = parts[0], let sequence = parts[1], transaction >= 0, sequence >= 0
        else { return nil }
        self.init(transaction: transaction, sequence: sequence)
    }
}
