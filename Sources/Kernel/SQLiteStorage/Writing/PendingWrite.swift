import Storage

/// A body that waits for the writer.
protocol PendingWrite: AnyObject, Sendable {
    var tenant: TenantID { get }
    /// Runs the body; keeps what it returned. May be called again after a rollback.
    func run(_ connection: SQLiteConnection, _ sequences: SQLiteSequences) -> WriteOutcome
    /// Answers the caller. Called once.
    func finish(refusal: Refusal?)
}

enum WriteOutcome {
    case done
    /// Refused before the first write: the shared commit may go on.
    case refused(Refusal)
    /// Refused after a write: the shared commit must roll back.
    case spoiled(Refusal)
}

/// `@unchecked Sendable`: after it was submitted only the writer touches it.
final class SubmittedWrite<T: Sendable>: PendingWrite, @unchecked Sendable {
    private let context: OperationContext
    private let body: @Sendable (any Transaction) throws(Refusal) -> T
    private let continuation: CheckedContinuation<Result<T, Refusal>, Never>
    private var value: T?

    init(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T,
        _ continuation: CheckedContinuation<Result<T, Refusal>, Never>
    ) {
        self.context = context
        self.body = body
        self.continuation = continuation
    }

    var tenant: TenantID { context.tenant }

    func run(_ connection: SQLiteConnection, _ sequences: SQLiteSequences) -> WriteOutcome {
        let transaction = SQLiteTransaction(connection, sequences, context)
        do {
            value = try body(transaction)
            return transaction.failure.map { .spoiled($0) } ?? .done
        } catch {
            value = nil
            return transaction.hasWritten ? .spoiled(error) : .refused(error)
        }
    }

    func finish(refusal: Refusal?) {
        if let refusal {
            continuation.resume(returning: .failure(refusal))
        } else if let value {
            continuation.resume(returning: .success(value))
        } else {
            continuation.resume(returning: .failure(Refusal(.storage, "A write was finished before it ran.")))
        }
    }
}
