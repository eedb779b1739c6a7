import CPQ
import Storage

/// Arguments as libpq takes them: texts with a final zero, bytes as they are, all in one buffer.
struct PostgreSQLArguments {
    private(set) var types: [Oid] = []
    private var buffer: [CChar] = []
    private var starts: [Int?] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    private static let boolType: Oid = 16
    private static let bytesType: Oid = 17
    private static let int64Type: Oid = 20
    private static let doubleType: Oid = 701
    /// Left to the server, which takes the type of the column.
    private static let openType: Oid = 0

    init(_ arguments: [SQLValue]) throws(Refusal) {
        types.reserveCapacity(arguments.count)
        for argument in arguments { try append(argument) }
    }

    private mutating func append(_ argument: SQLValue) throws(Refusal) {
        switch argument {
        case .null: add(Self.openType, start: nil, length: 0, format: 0)
        case .bool(let value): append(value ? "t" : "f", Self.boolType)
        case .int64(let value): append(String(value), Self.int64Type)
        case .double(let value): append(String(try value.checkedForStorage()), Self.doubleType)
        case .text(let value): append(try value.checkedForStorage(), Self.openType)
        case .bytes(let value):
            add(Self.bytesType, start: buffer.count, length: value.count, format: 1)
            buffer.append(contentsOf: value.lazy.map { CChar(bitPattern: $0) })
            buffer.append(0)
        }
    }

    private mutating func append(_ text: String, _ type: Oid) {
        let start = buffer.count
        buffer.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
        add(type, start: start, length: buffer.count - start, format: 0)
        buffer.append(0)
    }

    private mutating func add(_ type: Oid, start: Int?, length: Int, format: CInt) {
        types.append(type)
        starts.append(start)
        lengths.append(CInt(length))
        formats.append(format)
    }

    func withPointers<T>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
        ) -> T
    ) -> T {
        buffer.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in start.flatMap { bytes.baseAddress?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { pointers in
                body(pointers.baseAddress, lengths, formats, CInt(starts.count))
            }
        }
    }
}
