extension JSONTape.Element {
    /// Appends the value without the white space between its parts; strings and numbers stay as they were written.
    public func write(into output: inout [UInt8]) {
        tape.bytes.withUnsafeBufferPointer { bytes in
            CompactCopy(bytes: bytes, entries: tape.entries).write(index, into: &output)
        }
    }
}

private struct CompactCopy {
    let bytes: UnsafeBufferPointer<UInt8>
    let entries: [TapeEntry]

    func write(_ index: Int, into output: inout [UInt8]) {
        switch entries[index].kind {
        case .object: writeObject(index, into: &output)
        case .array: writeArray(index, into: &output)
        default: output.append(contentsOf: bytes[entries[index].range])
        }
    }

    private func writeObject(_ object: Int, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        var index = object + 1
        while index < entries[object].next {
            if index > object + 1 { output.append(UInt8(ascii: ",")) }
            output.append(contentsOf: bytes[entries[index].range])
            output.append(UInt8(ascii: ":"))
            write(index + 1, into: &output)
            index = Int(entries[index + 1].next)
        }
        output.append(UInt8(ascii: "}"))
    }

    private func writeArray(_ array: Int, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        var index = array + 1
        while index < entries[array].next {
            if index > array + 1 { output.append(UInt8(ascii: ",")) }
            write(index, into: &output)
            index = Int(entries[index].next)
        }
        output.append(UInt8(ascii: "]"))
    }
}
