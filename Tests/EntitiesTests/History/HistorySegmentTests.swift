import Entities
import Storage
import Testing

struct HistorySegmentTests {
    @Test func anySeriesComesBackAsItWasWritten() {
        var random = SeededGenerator(seed: 3)
        let texts = [
            "0", "-1", "1.50", "-0.0", "1e5", "null", "\"あ\"", "true", "123456789012345678901234567890",
            "0.000000000000000001",
        ]
        for _ in 0..<500 {
            var time: Int64 = Int64.random(in: -1_000_000...2_000_000_000_000_000, using: &random)
            let choice = Array(texts.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
            let values = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                time += Int64.random(in: 1...600_000_000, using: &random)
                return HistorySegment.Value(
                    time: Instant(microseconds: time), bytes: Array((choice.randomElement(using: &random) ?? "0").utf8))
            }
            let segment = HistorySegment(values: values)
            #expect(HistorySegment(segment.bytes) == segment)
        }
    }

    @Test func aRegularSeriesOfCountsTakesFewBytes() {
        let values = (0..<512).map { index in
            HistorySegment.Value(time: Instant(seconds: Int64(index) * 3_600), bytes: Array("\(200 + index % 60)".utf8))
        }
        #expect(HistorySegment(values: values).bytes.count < 512 * 3)
    }

    @Test func damagedBytesAreRefused() {
        var random = SeededGenerator(seed: 5)
        let values = (0..<50).map {
            HistorySegment.Value(time: Instant(seconds: Int64($0)), bytes: Array("\($0).5".utf8))
        }
        let bytes = HistorySegment(values: values).bytes
        for length in 0..<bytes.count { #expect(HistorySegment(Array(bytes.prefix(length))) == nil) }
        for _ in 0..<2_000 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = HistorySegment(damaged)
        }
    }
}
