/// Reads one JSON text (RFC 8259) into tape entries. It is the only grammar: the tree is built from its entries, so
/// tape and tree accept the same texts.
///
/// It is a loop over an explicit stack, not recursion, so that depth costs memory instead of call stack. Every read is
/// guarded by `position < count`; the unsafe pointer only spares a second check of the same bound.
struct TapeScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var position = 0
    var entries: [TapeEntry] = []
    private var open: [Int] = []
    private var names: [TapeEntry] = []
    private var expectation = Expectation.value

    private enum Expectation {
        case value, elementOrEnd, memberOrEnd, member, separatorOrEnd, nothing
    }

    /// The entries of the text, the root first.
    static func entries(
        of bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) throws(JSONError) -> [TapeEntry] {
        var scanner = TapeScanner(bytes, limits)
        do throws(JSONFault) {
            guard bytes.count <= limits.maximumBytes else {
                throw JSONFault(code: .tooLarge, offset: limits.maximumBytes)
            }
            try scanner.scan()
        } catch {
            throw JSONError(error, in: bytes)
        }
        return scanner.entries
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
        self.bytes = bytes
        maximumDepth = limits.maximumDepth
        entries.reserveCapacity(min(bytes.count, limits.maximumBytes) / 12 + 1)
    }

    private mutating func scan() throws(JSONFault) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONFault(code: .byteOrderMark, offset: 0) }
        skipWhitespace()
        while expectation != .nothing {
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            try step(bytes[position])
            skipWhitespace()
        }
        guard position == bytes.count else { throw fault(.trailingText) }
    }

    private mutating func step(_ byte: UInt8) throws(JSONFault) {
        switch (expectation, byte) {
        case (.elementOrEnd, UInt8(ascii: "]")), (.memberOrEnd, UInt8(ascii: "}")): try close()
        case (.value, UInt8(ascii: "]")) where innermost == .array: throw fault(.trailingComma)
        case (.value, _), (.elementOrEnd, _): try scanValue(byte)
        case (.member, UInt8(ascii: "}")): throw fault(.trailingComma)
        case (.memberOrEnd, UInt8(ascii: "\"")), (.member, UInt8(ascii: "\"")): try scanName()
        case (.separatorOrEnd, UInt8(ascii: ",")):
            position += 1
            expectation = innermost == .array ? .value : .member
        case (.separatorOrEnd, UInt8(ascii: "]")) where innermost == .array,
            (.separatorOrEnd, UInt8(ascii: "}")) where innermost == .object:
            try close()
        default: throw fault(.unexpectedCharacter)
        }
    }

    private mutating func scanValue(_ byte: UInt8) throws(JSONFault) {
        switch byte {
        case UInt8(ascii: "{"): return try openContainer(.object)
        case UInt8(ascii: "["): return try openContainer(.array)
        case UInt8(ascii: "\""): try scanString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
        case UInt8(ascii: "t"): try scanWord("true", .yes)
        case UInt8(ascii: "f"): try scanWord("false", .no)
        case UInt8(ascii: "n"): try scanWord("null", .null)
        default: throw fault(.unexpectedCharacter)
        }
        expectation = open.isEmpty ? .nothing : .separatorOrEnd
    }

    private mutating func scanName() throws(JSONFault) {
        try scanString()
        skipWhitespace()
        guard position < bytes.count else { throw fault(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: ":") else { throw fault(.unexpectedCharacter) }
        position += 1
        expectation = .value
    }

    private mutating func openContainer(_ kind: TapeEntry.Kind) throws(JSONFault) {
        guard open.count < maximumDepth else { throw fault(.tooDeep) }
        open.append(entries.count)
        append(kind, from: position)
        position += 1
        expectation = kind == .array ? .elementOrEnd : .memberOrEnd
    }

    private mutating func close() throws(JSONFault) {
        position += 1
        let index = open.removeLast()
        entries[index].end = UInt32(truncatingIfNeeded: position)
        entries[index].next = UInt32(truncatingIfNeeded: entries.count)
        if entries[index].kind == .object {
            try MemberNames.refuseDuplicates(of: index, in: entries, bytes, using: &names)
        }
        expectation = open.isEmpty ? .nothing : .separatorOrEnd
    }

    private var innermost: TapeEntry.Kind? { open.last.map { entries[$0].kind } }

    /// Appends the entry of a value whose last byte is before `position` (containers set their end when they close).
    mutating func append(_ kind: TapeEntry.Kind, from start: Int) {
        entries.append(
            TapeEntry(
                kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position),
                next: UInt32(truncatingIfNeeded: entries.count + 1)))
    }

    private mutating func scanWord(_ word: StaticString, _ kind: TapeEntry.Kind) throws(JSONFault) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            guard bytes[position] == word.utf8Start[offset] else { throw fault(.unexpectedCharacter) }
            position += 1
        }
        append(kind, from: start)
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    func fault(_ code: JSONError.Code) -> JSONFault { JSONFault(code: code, offset: position) }
}
