import CZip
import Glibc

/// Bounds for archives from outside.
public struct ZipLimits: Sendable, Equatable {
    public var entries: Int
    /// Bytes of all entries together, unpacked.
    public var totalBytes: UInt64
    /// How many times an entry may grow; entries under 1 MiB may grow as they like.
    public var ratio: UInt64

    public init(entries: Int = 10_000, totalBytes: UInt64 = 4 << 30, ratio: UInt64 = 200) {
        self.entries = entries
        self.totalBytes = totalBytes
        self.ratio = ratio
    }
}

public struct ZipEntry: Sendable, Equatable {
    public let name: String
    /// Unpacked size in bytes, as the archive says; reading stops if it says too little.
    public let size: UInt64
    public let compressedSize: UInt64
    let index: UInt64
}

/// A zip file, read entry by entry without unpacking it anywhere.
///
/// Everything that the archive's directory tells is checked on opening: names that leave the folder, the number of entries,
/// their sizes and how much they grow. What it tells falsely is found while reading.
public final class ZipArchive {
    private let archive: OpaquePointer
    private let limits: ZipLimits
    public let entries: [ZipEntry]

    public init(path: String, limits: ZipLimits = .init()) throws(TabularError) {
        var code: CInt = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
            throw .notAnArchive(reason: ZipArchive.reason(code))
        }
        do throws(TabularError) {
            entries = try ZipArchive.directory(of: archive, limits: limits)
        } catch {
            zip_discard(archive)
            throw error
        }
        self.archive = archive
        self.limits = limits
    }

    deinit {
        zip_discard(archive)
    }

    /// Files only, whose last path component is `name`: feeds are published flat and inside a folder.
    public func entry(named name: String) -> ZipEntry? {
        entries.first { $0.name == name } ?? entries.first { $0.name.hasSuffix("/\(name)") }
    }

    /// Opens an entry for reading from its beginning. The archive lives as long as the source.
    public func open(_ entry: ZipEntry) throws(TabularError) -> ZipEntrySource {
        guard let file = zip_fopen_index(archive, entry.index, 0) else { throw .unknownEntry(name: entry.name) }
        return ZipEntrySource(archive: self, file: file, entry: entry)
    }

    private static func directory(of archive: OpaquePointer, limits: ZipLimits) throws(TabularError) -> [ZipEntry] {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }
        var entries: [ZipEntry] = []
        var total: UInt64 = 0
        for index in 0..<UInt64(max(count, 0)) {
            guard let entry = try describe(archive, index, limits) else { continue }
            let (sum, isOver) = total.addingReportingOverflow(entry.size)
            guard !isOver, sum <= limits.totalBytes else { throw .archiveTooLarge(limit: limits.totalBytes) }
            total = sum
            entries.append(entry)
        }
        return entries
    }

    /// Nil for folders.
    private static func describe(
        _ archive: OpaquePointer, _ index: UInt64, _ limits: ZipLimits
    ) throws(TabularError) -> ZipEntry? {
        var status = zip_stat_t()
        guard zip_stat_index(archive, index, UInt32(ZIP_FL_ENC_RAW), &status) == 0, let raw = status.name else {
            throw .notAnArchive(reason: "entry \(index) cannot be described")
        }
        let name = try decodedName(raw)
        guard isInside(name) else { throw .unsafeEntryName(name) }
        if name.hasSuffix("/") { return nil }
        guard status.encryption_method == 0 else { throw .encryptedEntry(name: name) }
        let isSuspicious = status.size > 1 << 20 && status.size / max(status.comp_size, 1) > limits.ratio
        guard !isSuspicious else { throw .suspiciousRatio(name: name, limit: limits.ratio) }
        return ZipEntry(name: name, size: status.size, compressedSize: status.comp_size, index: index)
    }

    /// Windows writes names in CP932 without saying so.
    private static func decodedName(_ raw: UnsafePointer<CChar>) throws(TabularError) -> String {
        if let name = String(validatingCString: raw) { return name }
        let bytes = UnsafeRawBufferPointer(start: raw, count: strlen(raw))
        var decoded: [UInt8] = []
        try Transcoder(from: .cp932).append(bytes, isLast: true, to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func isInside(_ name: String) -> Bool {
        guard !name.isEmpty, !name.hasPrefix("/"), !name.contains("\\"), !name.utf8.contains(0) else { return false }
        guard name.dropFirst().first != ":" else { return false }
        return !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    }

    private static func reason(_ code: CInt) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return zip_error_strerror(&error).map { String(cString: $0) } ?? "error \(code)"
    }
}

/// Reads one entry; stops where it grows beyond what the archive said.
public final class ZipEntrySource: ByteSource {
    private let archive: ZipArchive
    private let file: OpaquePointer
    private let entry: ZipEntry
    private var left: UInt64

    init(archive: ZipArchive, file: OpaquePointer, entry: ZipEntry) {
        self.archive = archive
        self.file = file
        self.entry = entry
        left = entry.size
    }

    deinit {
        zip_fclose(file)
    }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TabularError) -> Int {
        let count = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
        guard count >= 0 else { throw .cannotRead(reason: "the entry \(entry.name) is damaged") }
        guard UInt64(count) <= left else { throw .archiveTooLarge(limit: entry.size) }
        left -= UInt64(count)
        return Int(count)
    }
}
