import Storage

/// What a look through the whole chain found.
public struct AuditReport: Sendable, Hashable {
    /// Where the chain is broken first.
    public struct Fault: Sendable, Hashable {
        /// The block; `nil` if rows lie outside all blocks.
        public var block: Int64?
        /// `audit_log`, `change_log`, `audit_blocks` or `audit_checkpoints`.
        public var table: String
        /// The row's `seq`, where it is one row.
        public var sequence: Int64?
        /// What is wrong, in English.
        public var detail: String
    }

    /// The chain is whole up to this time: when the last good block was sealed. `nil`: nothing is sealed.
    public var wholeUntil: Instant?
    /// Good blocks from the first.
    public var blocks: Int
    /// Rows in them.
    public var rows: Int
    /// Checkpoints among them whose signature is right.
    public var checkpoints: Int
    /// The last block that a right signature vouches for; what comes after is chained but not signed yet.
    public var signedUntilBlock: Int64?
    /// Rows that wait for the sealer.
    public var unsealed: Int
    public var fault: Fault?

    public var isWhole: Bool { fault == nil }

    package init(
        wholeUntil: Instant? = nil, blocks: Int = 0, rows: Int = 0, checkpoints: Int = 0,
        signedUntilBlock: Int64? = nil, unsealed: Int = 0, fault: Fault? = nil
    ) {
        self.wholeUntil = wholeUntil
        self.blocks = blocks
        self.rows = rows
        self.checkpoints = checkpoints
        self.signedUntilBlock = signedUntilBlock
        self.unsealed = unsealed
        self.fault = fault
    }
}
