extension JSONTape.Element {
    /// The members of an object in order; none for other types.
    public var members: Members { Members(object: self) }

    /// The elements of an array in order; none for other types.
    public var elements: Elements { Elements(array: self) }

    /// The value of an object's member, found by walking over the members before it.
    public subscript(name: String) -> JSONTape.Element? {
        var name = name
        return name.withUTF8 { name in members.first { $0.isNamed(name) }?.value }
    }

    /// One name and its value.
    public struct Member: Sendable {
        let nameElement: JSONTape.Element
        public let value: JSONTape.Element

        public var name: String { nameElement.stringValue ?? "" }

        /// The name as it was written, quotes included.
        public var rawName: ArraySlice<UInt8> { nameElement.rawBytes }

        /// Where name and value stand in the text.
        public var range: Range<Int> { nameElement.range.lowerBound..<value.range.upperBound }

        fileprivate func isNamed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            let entry = nameElement.entry
            return nameElement.tape.bytes.withUnsafeBufferPointer { bytes in
                let raw = UnsafeBufferPointer(rebasing: bytes[entry.content])
                if entry.kind == .string { return raw.count == text.count && raw.elementsEqual(text) }
                return StringContent.unescaped(raw).elementsEqual(text)
            }
        }
    }

    /// A walk over an object's members.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        private let tape: JSONTape
        private var index: Int
        private let end: Int

        fileprivate init(object: JSONTape.Element) {
            tape = object.tape
            index = object.index + 1
            end = object.type == .object ? Int(object.entry.next) : index
        }

        public mutating func next() -> Member? {
            guard index < end else { return nil }
            let name = JSONTape.Element(tape: tape, index: index)
            let value = JSONTape.Element(tape: tape, index: index + 1)
            index = Int(value.entry.next)
            return Member(nameElement: name, value: value)
        }
    }

    /// A walk over an array's elements.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let tape: JSONTape
        private var index: Int
        private let end: Int

        fileprivate init(array: JSONTape.Element) {
            tape = array.tape
            index = array.index + 1
            end = array.type == .array ? Int(array.entry.next) : index
        }

        public mutating func next() -> JSONTape.Element? {
            guard index < end else { return nil }
            let element = JSONTape.Element(tape: tape, index: index)
            index = Int(element.entry.next)
            return element
        }
    }
}
