import JSON
import Testing

/// Seeded random values and broken texts. A failure names the seed that makes it again.
@Suite struct JSONFuzzTests {
    @Test(arguments: 0..<40)
    func roundTripsRandomValues(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let value = random.value(depth: 4)
            #expect(try JSON(parsing: value.bytes) == value)
            #expect(try JSON(parsing: value.bytes(.pretty)) == value)
            let tape = try JSONTape(parsing: value.bytes(.pretty))
            var compact: [UInt8] = []
            tape.root.write(into: &compact)
            #expect(compact == value.bytes)
            #expect(tape.value == value)
        }
    }

    @Test(arguments: 0..<40)
    func treeAndTapeAgreeOnBrokenTexts(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 1_000)
        for _ in 0..<200 {
            let bytes = random.mutated(random.value(depth: 4).bytes)
            let tree = Result { () throws(JSONError) in try JSON(parsing: bytes) }
            let tape = Result { () throws(JSONError) in try JSONTape(parsing: bytes).value }
            #expect(tree == tape)
            guard case .success(let value) = tree else { continue }
            #expect((try? JSON(parsing: value.bytes)) == value)
        }
    }

    @Test func refusesEveryTruncation() throws {
        let bytes = Array(#"{"a":[1.5e3,"熊\u719f\uD842\uDFB7",true,null],"b":{"c":-12}}"#.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSON(parsing: Array(bytes.prefix(length))) }
        }
        #expect(try JSON(parsing: bytes)["b"]?["c"] == -12)
    }
}

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(.random(using: &self))
        case 2: return .int(Int64.random(in: .min ... .max, using: &self) >> Int.random(in: 0..<64, using: &self))
        case 3: return .number("\(Int.random(in: -99...99, using: &self)).\(Int.random(in: 0...999, using: &self))e-7")
        case 4, 5: return .string(string())
        case 6: return .array((0..<length()).map { _ in value(depth: depth - 1) })
        default: return .object(JSONObject((0..<length()).map { _ in .init(string(), value(depth: depth - 1)) }))
        }
    }

    private mutating func length() -> Int {
        Int.random(in: 0...(Int.random(in: 0..<20, using: &self) == 0 ? 40 : 4), using: &self)
    }

    private mutating func string() -> String {
        let alphabet = Array("ab12 \"\\/\n\u{0}\u{1F}<éß熊本県がガ𠮷🏯{}[],:".unicodeScalars)
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &self) {
            scalars.append(alphabet.randomElement(using: &self) ?? "a")
        }
        return String(scalars)
    }

    /// A text with up to four bytes changed, removed, doubled or inserted.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let grammar = Array("{}[],:\"\\u0e+-.tfn \u{1}".utf8)
        for _ in 0...Int.random(in: 0...3, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(grammar.randomElement(using: &self) ?? 0, at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<min(place + 5, bytes.count)], at: place)
            default: bytes[place] = grammar.randomElement(using: &self) ?? 0
            }
        }
        return bytes
    }
}
