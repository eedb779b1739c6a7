import Logging
import Platform
import Storage
import Synchronization

/// Matching and delivering as long as the process runs. Of several processes on one database one leads; another takes
/// over within ten seconds when it is gone.
package final class SubscriptionEngine: LongRunning {
    private static let saveSeconds = 0.1
    private static let idleSaveSeconds = 3.0
    /// After a round that found little, so that a burst of commits makes few rounds.
    private static let shortestPauseSeconds = 0.002

    private let parts: NotificationParts
    private let bell = Bell()
    private let isStopping = Atomic<Bool>(false)

    package init(_ parts: NotificationParts) { self.parts = parts }

    package func wake() { bell.ring() }

    package func stop() {
        isStopping.store(true, ordering: .releasing)
        bell.ring()
    }

    private var isOver: Bool { isStopping.load(ordering: .acquiring) }

    package func run() async {
        while !isOver {
            do throws(Refusal) {
                if try await takesLead() { try await lead() }
            } catch {
                if error.code != .conflict, !isOver {
                    parts.logger.error("notifications stopped for a moment", metadata: ["error": "\(error)"])
                }
            }
            if !isOver { await bell.sleep(seconds: 1) }
        }
        await parts.close()
    }

    /// Without subscriptions nobody leads, and nothing is written.
    private func takesLead() async throws(Refusal) -> Bool {
        let context = parts.context()
        let hasWork = try await parts.database.query(context) { reader throws(Refusal) in
            try reader.row("SELECT id FROM context_subscriptions LIMIT 1") != nil
        }
        guard hasWork else { return false }
        let holder = parts.holder
        return try await parts.database.write(context) { transaction throws(Refusal) in
            try transaction.takeLease(DeliveryLedger.lease, holder: holder)
        }
    }

    private func lead() async throws(Refusal) {
        let lead = SubscriptionLead(parts, bell: bell)
        try await lead.start()
        parts.figures.follow(lead.ledger)
        defer { parts.figures.follow(nil) }
        let saver = Task { await self.keepSaving(lead) }
        defer { saver.cancel() }
        do throws(Refusal) {
            while !isOver, !lead.isLost {
                if try await lead.step() {
                    try? await Task.sleep(for: .seconds(Self.shortestPauseSeconds))
                } else if await lead.isIdle {
                    break
                } else {
                    await bell.sleep(seconds: await lead.rest())
                }
            }
            await lead.close()
            try await lead.save()
            try await release()
        } catch {
            await lead.close()
            throw error
        }
    }

    /// Writes down where everything is ten times a second while something goes on, and now and then to stay the leader.
    private func keepSaving(_ lead: SubscriptionLead) async {
        var saved = monotonicNanoseconds()
        while !Task.isCancelled, !isOver, !lead.isLost {
            try? await Task.sleep(for: .seconds(Self.saveSeconds))
            let rest = Double(monotonicNanoseconds() - saved) / 1e9
            guard !Task.isCancelled, lead.ledger.isDirty || rest > Self.idleSaveSeconds else { continue }
            do throws(Refusal) {
                try await lead.save()
                saved = monotonicNanoseconds()
            } catch {
                // Without a save for so long the lease may be another's.
                if error.code == .conflict || rest > 8 { lead.lose() }
            }
        }
    }

    private func release() async throws(Refusal) {
        let holder = parts.holder
        try await parts.database.write(parts.context()) { transaction throws(Refusal) in
            try transaction.releaseLease(DeliveryLedger.lease, holder: holder)
        }
    }
}
