import Platform
import Storage

/// Sends parked notifications again, as they were.
struct ReplayJob: Sendable {
    let parts: NotificationParts

    var jobType: JobType {
        JobType(ParkedStore.replayJob, "Send a parked notification again.", maximumTries: 3) { context, request in
            try await run(context, request)
        }
    }

    private func run(_ context: OperationContext, _ request: JobRequest) async throws {
        guard let number = Int64(request.key),
            let (parked, record) = try await parts.parked.find(context, number: number)
        else { return }
        _ = try await parts.send(parked.request, to: try parts.dialects.read(record).endpoint)
        try await parts.parked.remove(context, number: number)
    }
}
