/// One value or member name of a tape: where its bytes lie and where the entries after it begin.
struct TapeEntry: Sendable {
    enum Kind: UInt8 {
        case null, no, yes
        /// An integer with canonical digits that fits in 64 bits.
        case integer
        case number
        /// A string without escapes: its content is the bytes between the quotes.
        case string
        case escapedString
        case array, object
    }

    var kind: Kind
    /// First byte, quotes and brackets included.
    var start: UInt32
    /// The byte after the last.
    var end: UInt32
    /// Index of the entry after this value and all that it contains.
    var next: UInt32

    /// The bytes between the quotes.
    var content: Range<Int> { Int(start) + 1..<Int(end) - 1 }
    var range: Range<Int> { Int(start)..<Int(end) }
}
