import JSON

/// Goes through a checked archive line by line and writes what it holds, some hundred rows a transaction.
struct ArchiveLoad {
    let databases: any Databases
    let sets: [MigrationSet]
    let context: OperationContext

    private(set) var loaded: [String: any Database] = [:]
    private(set) var rows = 0
    private(set) var blobs = 0
    private(set) var bytes: Int64 = 0

    private var database: (any Database)?
    private var schema = ArchiveSchema([], done: [], in: .main)
    private var section: SectionLoad?
    private var blob: BlobRestorer?

    init(databases: any Databases, sets: [MigrationSet], context: OperationContext) {
        self.databases = databases
        self.sets = sets
        self.context = context
    }

    mutating func run(_ reader: ArchiveReader) async throws(Refusal) {
        _ = try reader.next()
        while let line = try reader.next() {
            bytes += Int64(line.count + 1)
            if line.starts(with: ArchiveReader.endMark) { return }
            try await take(try Self.parsed(line))
        }
    }

    private static func parsed(_ line: ArraySlice<UInt8>) throws(Refusal) -> JSON {
        do { return try JSON(parsing: Array(line), limits: JSONLimits(maximumBytes: line.count)) } catch {
            throw Refusal(.invalid, "The archive holds a line that is no JSON: \(error)")
        }
    }

    private mutating func take(_ json: JSON) async throws(Refusal) {
        switch json {
        case .array(let values): try await takeRow(values)
        case .string(let chunk): try blob?.append(chunk)
        default:
            if let name = json["database"]?.stringValue { return try await begin(name) }
            if json["rows"] != nil { return try await endSection(json["rows"]?.intValue) }
            if json["last"] != nil { return try await takeNumber(json) }
            if let name = json["blob"]?.stringValue {
                blob = try BlobRestorer(name: name, folder: databases.folder)
            } else if json["bytes"] != nil {
                try blob?.finish()
                blobs += 1
            } else {
                try await beginSection(json)
            }
        }
    }

    private mutating func begin(_ name: String) async throws(Refusal) {
        let database = try await databases.database(archiveName: name)
        let done = try await database.query(context) { reader throws(Refusal) in try reader.doneMigrations() }
        self.database = database
        loaded[name] = database
        schema = ArchiveSchema(sets, done: Set(done), in: database.id)
    }

    private mutating func beginSection(_ json: JSON) async throws(Refusal) {
        let name = ["table", "textIndex", "geoIndex"].lazy.compactMap { json[$0]?.stringValue }.first ?? ""
        let columns = (json["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard let database, let known = schema.section(named: name), let fresh = SectionLoad(known, columns) else {
            throw Refusal(.invalid, "The archive holds a table '\(name)' that its migrations do not make so.")
        }
        section = fresh
        // A migration may have put rows there; the archive has them too.
        if case .table = known {
            _ = try await database.write(context) { transaction throws(Refusal) in
                try transaction.execute("DELETE FROM \(transaction.quoted(name))")
            }
        }
    }

    private mutating func takeRow(_ values: [JSON]) async throws(Refusal) {
        rows += 1
        try section?.take(values)
        if section?.isFull == true { try await flush() }
    }

    private mutating func flush() async throws(Refusal) {
        guard let rows = section?.takeBatch(), let kind = section?.section, let database, !rows.isEmpty else { return }
        try await database.write(context) { transaction throws(Refusal) in
            try SectionLoad.insert(rows, into: kind, transaction)
        }
    }

    private mutating func endSection(_ count: Int?) async throws(Refusal) {
        try await flush()
        guard let ended = section, ended.count == count else {
            throw Refusal(.invalid, "The archive holds a table with more or fewer rows than it says.")
        }
        section = nil
        if ended.section.name == Table.madeSteps.name { try await makeTables() }
    }

    /// Tables that were made at run time are made again from the record of it.
    private mutating func makeTables() async throws(Refusal) {
        guard let database else { return }
        let steps = try await database.write(context) { transaction throws(Refusal) in
            let steps = try transaction.madeSteps()
            for step in steps { try transaction.take(step) }
            return steps
        }
        for step in steps { schema.take(step) }
    }

    private func takeNumber(_ json: JSON) async throws(Refusal) {
        guard let database, case .int(let last)? = json["last"] else { return }
        let (sequence, identity) = (json["sequence"]?.stringValue, json["identity"]?.stringValue)
        let table = json["table"]?.stringValue ?? ""
        try await database.write(context) { transaction throws(Refusal) in
            if let sequence { try transaction.setSequence(sequence, to: last) }
            if let identity { try transaction.setIdentity(identity, in: table, to: last) }
        }
    }
}
