/// Writes trees as text (RFC 8259), escaping no more than §7 asks and the options want.
struct JSONTextWriter {
    let options: JSONWriting

    func write(_ value: JSON, depth: Int, into output: inout [UInt8]) {
        switch value {
        case .null: append("null", to: &output)
        case .bool(let truth): append(truth ? "true" : "false", to: &output)
        case .int(let integer): writeInteger(integer, into: &output)
        case .number(let digits): output.append(contentsOf: digits.utf8)
        case .string(let text): writeString(text, into: &output)
        case .array(let elements): writeArray(elements, depth, into: &output)
        case .object(let object): writeObject(object, depth, into: &output)
        }
    }

    private func writeArray(_ elements: [JSON], _ depth: Int, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            separate(&isFirst, depth + 1, in: &output)
            write(element, depth: depth + 1, into: &output)
        }
        if !isFirst { breakLine(depth, in: &output) }
        output.append(UInt8(ascii: "]"))
    }

    private func writeObject(_ object: JSONObject, _ depth: Int, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in object.members {
            separate(&isFirst, depth + 1, in: &output)
            writeString(member.name, into: &output)
            output.append(UInt8(ascii: ":"))
            if options.contains(.pretty) { output.append(UInt8(ascii: " ")) }
            write(member.value, depth: depth + 1, into: &output)
        }
        if !isFirst { breakLine(depth, in: &output) }
        output.append(UInt8(ascii: "}"))
    }

    private func separate(_ isFirst: inout Bool, _ depth: Int, in output: inout [UInt8]) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        breakLine(depth, in: &output)
    }

    private func breakLine(_ depth: Int, in output: inout [UInt8]) {
        guard options.contains(.pretty) else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private func writeInteger(_ integer: Int64, into output: inout [UInt8]) {
        if integer < 0 { output.append(UInt8(ascii: "-")) }
        let start = output.count
        var rest = integer.magnitude
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }

    private func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    /// Copies whole runs between the bytes that need an escape.
    private func writeString(_ text: String, into output: inout [UInt8]) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var runStart = 0
            for position in bytes.indices where needsEscape(bytes[position]) {
                output.append(contentsOf: bytes[runStart..<position])
                writeEscape(bytes[position], into: &output)
                runStart = position + 1
            }
            output.append(contentsOf: bytes[runStart...])
        }
        output.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            || byte == UInt8(ascii: "<") && options.contains(.forScript)
    }

    private func writeEscape(_ byte: UInt8, into output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"", to: &output)
        case UInt8(ascii: "\\"): append("\\\\", to: &output)
        case 0x08: append("\\b", to: &output)
        case 0x0C: append("\\f", to: &output)
        case 0x0A: append("\\n", to: &output)
        case 0x0D: append("\\r", to: &output)
        case 0x09: append("\\t", to: &output)
        default:
            append("\\u00", to: &output)
            output.append(hexadecimal(byte >> 4))
            output.append(hexadecimal(byte & 15))
        }
    }

    private func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
