import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// What was put aside, for the people of the subscription's body.
extension SubscriptionRequest {
    func parked(_ call: Call) async throws -> Answer {
        let parked = try await parkedStore.list(call.context, Self.key(call))
        return .json(.array(parked.map(\.facts)))
    }

    func replay(_ call: Call) async throws -> Answer {
        let count = try await parkedStore.replay(call.context, Self.key(call), number: try number(call))
        return .json(["replayed": .int(Int64(count))], status: .accepted)
    }

    func discard(_ call: Call) async throws -> Answer {
        try await parkedStore.discard(call.context, Self.key(call), number: try number(call))
        return .noContent
    }

    private func number(_ call: Call) throws(Refusal) -> Int64? { try call.integer("number").map { Int64($0) } }
}
