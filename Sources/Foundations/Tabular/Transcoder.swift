import Glibc

/// Turns text of one encoding into UTF-8, piece by piece.
///
/// What does not decode becomes the byte 0xFF, which no UTF-8 text contains: the row that holds it is then found defective,
/// and the rows around it are still read.
final class Transcoder {
    private let converter: iconv_t?
    private var pending: [UInt8] = []

    /// - Throws: ``TabularError/unknownEncoding`` if the system lacks the conversion.
    init(from encoding: TextEncoding) throws(TabularError) {
        guard encoding != .utf8 else {
            converter = nil
            return
        }
        let opened = iconv_open("UTF-8", encoding.rawValue)
        guard opened != UnsafeMutableRawPointer(bitPattern: -1) else { throw .unknownEncoding }
        converter = opened
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// Appends `input` to `output` as UTF-8. A character cut at the end waits for the next piece.
    func append(_ input: UnsafeRawBufferPointer, isLast: Bool, to output: inout [UInt8]) {
        guard let converter else {
            output.append(contentsOf: input)
            return
        }
        var text = pending + input
        pending = []
        var space = [CChar](repeating: 0, count: text.count * 3 + 16)
        let rest = convert(&text, through: converter, into: &space, appendingTo: &output)
        guard !rest.isEmpty else { return }
        if isLast { output.append(0xFF) } else { pending = Array(rest) }
    }

    private func convert(
        _ text: inout [UInt8], through converter: iconv_t, into space: inout [CChar], appendingTo output: inout [UInt8]
    ) -> [UInt8] {
        let spaceCount = space.count
        return text.withUnsafeMutableBytes { bytes -> [UInt8] in
            space.withUnsafeMutableBytes { free -> [UInt8] in
                var source = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = bytes.count
                while left > 0 {
                    var target = free.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var room = spaceCount
                    let result = iconv(converter, &source, &left, &target, &room)
                    let reason = errno
                    output.append(contentsOf: free[..<(spaceCount - room)])
                    if result != -1 { break }
                    if reason == EINVAL { return Array(bytes[(bytes.count - left)...]) }
                    if reason == EILSEQ {
                        output.append(0xFF)
                        source = source.map { $0 + 1 }
                        left -= 1
                    }
                }
                return []
            }
        }
    }
}
