/// How files are taken in.
public struct ImportSettings: Sendable, Hashable {
    /// `import.file`, bytes, default `1GiB`: the largest file, unpacked.
    public var fileBytes: Int
    /// `import.chunk-rows`, integer, default `1000`: rows applied in one transaction.
    public var chunkRows: Int
    /// `import.cell`, bytes, default `1MiB`: the longest cell.
    public var cellBytes: Int

    static let fields = [
        SettingField("import.file", .bytes, default: "1GiB", "The largest file, unpacked."),
        SettingField("import.chunk-rows", .integer, default: "1000", "Rows applied in one transaction."),
        SettingField("import.cell", .bytes, default: "1MiB", "The longest cell."),
    ]

    init(_ reader: inout SettingsReader) {
        fileBytes = reader.bytes("import.file", in: 1_024...(1 << 40))
        chunkRows = reader.integer("import.chunk-rows", in: 1...10_000)
        cellBytes = reader.bytes("import.cell", in: 1_024...(1 << 28))
    }
}
