import JSON
import Storage

/// Values of one attribute in time order, packed column by column.
///
/// `format, count, times, values`. Times: the first as a zigzag varint of microseconds, then zigzag varints of the change
/// of the step (regular series take a byte each). Values, format 1: all are numbers of one scale or null; the scale, a bit
/// a value that says whether there is one, then zigzag varints of the change of the scaled integer. Format 0: each value's
/// JSON text with its length. Either way every digit comes back as it was written.
package struct HistorySegment: Equatable {
    package struct Value: Equatable {
        package var time: Instant
        /// JSON text.
        package var bytes: [UInt8]

        package init(time: Instant, bytes: [UInt8]) {
            self.time = time
            self.bytes = bytes
        }
    }

    /// Values in a segment at most; more are split.
    package static let capacity = 512

    /// In time order, no time twice.
    package var values: [Value]

    package init(values: [Value]) { self.values = values }

    package var bytes: [UInt8] {
        let scaled = ScaledColumn(values)
        var writer = VarintWriter()
        writer.byte(scaled == nil ? 0 : 1)
        writer.unsigned(UInt64(values.count))
        writeTimes(into: &writer)
        if let scaled {
            scaled.write(into: &writer)
        } else {
            for value in values {
                writer.unsigned(UInt64(value.bytes.count))
                writer.bytes += value.bytes
            }
        }
        return writer.bytes
    }

    private func writeTimes(into writer: inout VarintWriter) {
        var (last, step): (Int64, Int64) = (0, 0)
        for value in values {
            let next = value.time.microseconds &- last
            writer.signed(next &- step)
            (last, step) = (value.time.microseconds, next)
        }
    }

    /// Nil if the bytes are no segment.
    package init?(_ bytes: [UInt8]) {
        var reader = VarintReader(bytes)
        guard let format = reader.byte(), format < 2, let count = reader.unsigned(), count <= UInt64(bytes.count),
            let times = Self.times(Int(count), &reader)
        else { return nil }
        let texts: [[UInt8]]?
        if format == 1 {
            texts = ScaledColumn(Int(count), &reader)?.texts
        } else {
            texts = Self.texts(Int(count), &reader)
        }
        guard let texts, reader.isAtEnd else { return nil }
        values = zip(times, texts).map { Value(time: Instant(microseconds: $0), bytes: $1) }
    }

    private static func times(_ count: Int, _ reader: inout VarintReader) -> [Int64]? {
        var (last, step): (Int64, Int64) = (0, 0)
        var times: [Int64] = []
        for _ in 0..<count {
            guard let change = reader.signed() else { return nil }
            step = step &+ change
            last = last &+ step
            times.append(last)
        }
        return times
    }

    private static func texts(_ count: Int, _ reader: inout VarintReader) -> [[UInt8]]? {
        var texts: [[UInt8]] = []
        for _ in 0..<count {
            guard let size = reader.unsigned(), let text = reader.take(size) else { return nil }
            texts.append(text)
        }
        return texts
    }
}
