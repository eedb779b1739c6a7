/// How a value is written as text.
public struct JSONWriting: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// One member or element a line, indented by two spaces.
    public static let pretty = JSONWriting(rawValue: 1)
    /// Writes `<` as `\u003c`, so that the text can stand in an HTML `script` element: neither `</script` nor `<!--`
    /// can appear in it.
    public static let forScript = JSONWriting(rawValue: 2)
}

extension JSON: CustomStringConvertible {
    /// Appends the value as compact UTF-8 text. Members keep their order and numbers their digits.
    public func write(into output: inout [UInt8]) {
        write(into: &output, [])
    }

    /// Appends the value as UTF-8 text.
    public func write(into output: inout [UInt8], _ options: JSONWriting) {
        JSONTextWriter(options: options).write(self, depth: 0, into: &output)
    }

    /// Compact UTF-8 text.
    public var bytes: [UInt8] { bytes([]) }

    /// UTF-8 text.
    public func bytes(_ options: JSONWriting) -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output, options)
        return output
    }

    /// Compact text.
    public var description: String { text([]) }

    /// The value as text.
    public func text(_ options: JSONWriting) -> String { String(decoding: bytes(options), as: UTF8.self) }
}
