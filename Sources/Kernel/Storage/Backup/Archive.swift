/// What a backup is made of. An archive names no database, so it is also the road from SQLite to PostgreSQL.
///
/// It is a tar file (POSIX ustar) with these entries, in this order:
///
///     higo.json                             {"format": "higo-backup", "version": 1}
///     main/schema.json                      migrations that had run, tables made at run time, numbers given so far
///     main/rows/TABLE/000001.jsonl          a row a line: an array of values in the order of the columns in schema.json
///     main/texts/INDEX/000001.jsonl         text index: [number, folded text]
///     main/places/INDEX/000001.jsonl        geo index: [number, west, south, east, north]
///     datastore/…                           the same
///     vaults/TENANT/PROVIDER/…              the same
///     blobs/SHA256                          the bytes
///     complete.json                         {"entries": N, "sha256": digest of all bytes before this entry}
///
/// Numbers are written with their digits; bytes as `{"base64": "…"}`. An archive without `complete.json` is refused, and
/// so is one whose digest is wrong, before anything is written. Each database is read in one state of its own; what
/// crosses from one to another is brought by consumers, which take changes twice without harm.
package enum Archive {
    package static let format = "higo-backup"
    package static let version = 1
    /// Rows of one entry.
    static let chunk = 1_000
    /// A backup may read each database this long.
    static let seconds = 6 * 3_600.0
    /// Tables whose rows are not kept: leases are held by processes, and the schema is written by itself.
    static let leftOut: Set<String> = ["leases", "made_steps"]

    static func folder(of database: DatabaseID) -> String {
        switch database {
        case .main: "main"
        case .datastore: "datastore"
        case .vault(let tenant, let provider): "vaults/\(tenant)/\(provider)"
        }
    }

    /// The database an entry belongs to and the rest of its name.
    static func split(_ name: String) -> (database: DatabaseID, rest: [String])? {
        let parts = name.split(separator: "/").map(String.init)
        switch parts.first {
        case "main" where parts.count > 1: return (.main, Array(parts.dropFirst()))
        case "datastore" where parts.count > 1: return (.datastore, Array(parts.dropFirst()))
        case "vaults" where parts.count > 3:
            return (.vault(tenant: TenantID(parts[1]), provider: parts[2]), Array(parts.dropFirst(3)))
        default: return nil
        }
    }
}
