import Platform
import Tabular

/// Bounds of files, from the settings `import.…`.
public struct ImportLimits: Sendable, Equatable {
    /// The largest file, unpacked, in bytes.
    public var fileBytes: Int
    /// Rows of a chunk, which is applied in one transaction.
    public var chunkRows: Int
    /// The longest cell, in bytes of UTF-8.
    public var cellBytes: Int

    public init(fileBytes: Int = 1 << 30, chunkRows: Int = 1_000, cellBytes: Int = 1 << 20) {
        self.fileBytes = fileBytes
        self.chunkRows = max(1, chunkRows)
        self.cellBytes = cellBytes
    }

    public init(_ settings: ImportSettings) {
        self.init(fileBytes: settings.fileBytes, chunkRows: settings.chunkRows, cellBytes: settings.cellBytes)
    }

    /// A row may hold a few of the longest cells.
    var table: TableLimits { TableLimits(cellBytes: cellBytes, rowBytes: max(8 << 20, 4 * cellBytes)) }

    var archive: ZipLimits { ZipLimits(totalBytes: UInt64(max(0, fileBytes))) }
}
