import Tabular

func reader(_ text: String, options: TableOptions = .init()) throws -> TableReader {
    try TableReader(bytes: Array(text.utf8), options: options)
}

/// Everything a reader gives: names of columns, then texts of rows.
func all(_ reader: TableReader) throws -> [[String]] {
    var rows = [reader.columns.map(\.name)]
    while let row = try reader.next() { rows.append(row.texts) }
    return rows
}

func defects(_ text: String) throws -> [RowDefect?] {
    let reader = try reader(text)
    var found: [RowDefect?] = []
    while let row = try reader.next() { found.append(row.defect) }
    return found
}

/// Hands out a few bytes at a time, so that every cut is tried.
final class DribblingSource: ByteSource {
    private let bytes: [UInt8]
    private let step: Int
    private var position = 0

    init(_ bytes: [UInt8], step: Int) {
        self.bytes = bytes
        self.step = step
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TabularError) -> Int {
        let count = min(step, buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<(position + count)])
        position += count
        return count
    }
}

/// SplitMix64: equal seeds give equal tests.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
