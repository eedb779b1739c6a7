import Storage

extension EntityStore {
    /// Entities by id in a state of the database that the caller reads already, whoever may see them: for consumers of
    /// the change log, which decide for each of their readers.
    public static func entities(
        space: String, ids: [String], in reader: any Reader
    ) throws(Refusal) -> [String: StoredEntity] {
        try EntityLookup(reader).entities(space: space, ids: ids)
    }
}
