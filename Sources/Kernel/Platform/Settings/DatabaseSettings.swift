/// Where the data are kept.
public struct DatabaseSettings: Sendable, Hashable {
    /// `database.folder`, path, default `.var`: the folder of the embedded database, blobs, keys, lock and socket.
    public var folder: String
    /// `database.url`, url, secret, default not set: `postgres://…` to use PostgreSQL instead of the embedded one.
    public var url: Secret?
    /// `database.connections`, integer, default `8`: connections of this process that write to PostgreSQL.
    public var connections: Int
    /// `database.readers`, integer, default `4`: queries that each embedded database answers at a time.
    public var readers: Int

    static let fields = [
        SettingField(
            "database.folder", .path, default: ".var",
            "The folder of the embedded database, blobs, keys, lock and socket."),
        SettingField(
            "database.url", .url, secret: true,
            "postgres://user:password@host/name to use PostgreSQL instead of the embedded database."),
        SettingField(
            "database.connections", .integer, default: "8",
            "Connections of this process that write to PostgreSQL; half as many more answer queries, and the tables made "
                + "from files have half of both."),
        SettingField(
            "database.readers", .integer, default: "4", "Queries that each embedded database answers at a time."),
    ]

    init(_ reader: inout SettingsReader) {
        folder = reader.text("database.folder")
        url = reader.secret("database.url")
        connections = reader.integer("database.connections", in: 1...1_000)
        readers = reader.integer("database.readers", in: 1...64)
        if let text = url?.reveal(), !text.hasPrefix("postgres://"), !text.hasPrefix("postgresql://") {
            reader.refuse("database.url", "must start with postgres://")
        }
    }
}
