/// Why a table or an archive cannot be read any further.
///
/// A row that is wrong by itself is no error: it is handed out with a ``RowDefect``, so that the rows after it are still read.
public enum TabularError: Error, Equatable, Sendable {
    case cannotOpen(path: String, reason: String)
    case cannotRead(reason: String)
    case noRows
    case unknownEncoding
    case headerRowMissing(row: Int)
    case tooManyColumns(line: Int, limit: Int)
    case cellTooLong(line: Int, limit: Int)
    case rowTooLong(line: Int, limit: Int)
    case notAnArchive(reason: String)
    case unknownEntry(name: String)
    case unsafeEntryName(String)
    case encryptedEntry(name: String)
    case tooManyEntries(limit: Int)
    case archiveTooLarge(limit: UInt64)
    case suspiciousRatio(name: String, limit: UInt64)
}

extension TabularError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "The file \(path) cannot be opened: \(reason)."
        case .cannotRead(let reason): "The file cannot be read to its end: \(reason)."
        case .noRows: "The file holds no rows. Check that the right file was chosen."
        case .unknownEncoding: "The text is neither UTF-8, CP932 nor UTF-16. Save the file as UTF-8 and try again."
        case .headerRowMissing(let row): "The file ends before row \(row), which was named as its header."
        case .tooManyColumns(let line, let limit): "Line \(line) has more than \(limit) columns."
        case .cellTooLong(let line, let limit):
            "A cell that begins in the row of line \(line) is longer than \(limit) bytes. Is a closing quote missing?"
        case .rowTooLong(let line, let limit):
            "The row that begins on line \(line) is longer than \(limit) bytes. Is a closing quote missing?"
        case .notAnArchive(let reason): "The file is not a zip archive that can be read: \(reason)."
        case .unknownEntry(let name): "The archive has no entry named \(name)."
        case .unsafeEntryName(let name): "The archive names an entry outside itself: \(name)."
        case .encryptedEntry(let name): "The entry \(name) is encrypted. Use an archive without a password."
        case .tooManyEntries(let limit): "The archive has more than \(limit) entries."
        case .archiveTooLarge(let limit): "The archive unpacks to more than \(limit) bytes."
        case .suspiciousRatio(let name, let limit):
            "The entry \(name) unpacks to more than \(limit) times its size and is not read."
        }
    }
}
