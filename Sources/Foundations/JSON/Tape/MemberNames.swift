/// Finds names that stand twice in an object. RFC 8259 §4 leaves their meaning open, so they are refused. Names are
/// compared by their code points with escapes resolved (§8.3), never by canonical equivalence.
enum MemberNames {
    /// Up to this many members every pair is compared; a larger object is hashed (with a seed that changes by process,
    /// so that nobody can choose names that collide) and sorted.
    private static let pairwiseLimit = 16

    /// `names` is only room to work in, kept by the caller so that each object does not allocate its own.
    static func refuseDuplicates(
        of object: Int, in entries: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>, using names: inout [TapeEntry]
    ) throws(JSONFault) {
        let end = Int(entries[object].next)
        guard end > object + 3 else { return }
        names.removeAll(keepingCapacity: true)
        var index = object + 1
        while index < end {
            names.append(entries[index])
            index = Int(entries[index + 1].next)
        }
        let duplicate =
            names.count <= pairwiseLimit ? firstDuplicatePairwise(names, bytes) : firstDuplicateHashed(names, bytes)
        if let duplicate { throw JSONFault(code: .duplicateName, offset: Int(duplicate.start)) }
    }

    private static func firstDuplicatePairwise(
        _ names: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> TapeEntry? {
        for later in names.indices.dropFirst() {
            for earlier in 0..<later where areEqual(names[earlier], names[later], bytes) { return names[later] }
        }
        return nil
    }

    private static func firstDuplicateHashed(
        _ names: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> TapeEntry? {
        let hashed = names.map { (hash: hash($0, bytes), name: $0) }
            .sorted { ($0.hash, $0.name.start) < ($1.hash, $1.name.start) }
        var first: TapeEntry?
        for later in hashed.indices {
            var earlier = later - 1
            while earlier >= 0, hashed[earlier].hash == hashed[later].hash {
                let isDuplicate = areEqual(hashed[earlier].name, hashed[later].name, bytes)
                if isDuplicate, hashed[later].name.start < first?.start ?? .max { first = hashed[later].name }
                // One equal name is enough; going on would make a run of equal names quadratic.
                earlier = isDuplicate ? -1 : earlier - 1
            }
        }
        return first
    }

    private static func hash(_ name: TapeEntry, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        let raw = UnsafeBufferPointer(rebasing: bytes[name.content])
        if name.kind == .escapedString {
            StringContent.unescaped(raw).withUnsafeBytes { hasher.combine(bytes: $0) }
        } else {
            hasher.combine(bytes: UnsafeRawBufferPointer(raw))
        }
        return hasher.finalize()
    }

    private static func areEqual(
        _ left: TapeEntry, _ right: TapeEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let isPlain = left.kind == .string && right.kind == .string
        if isPlain, left.content.count != right.content.count { return false }
        let leftRaw = UnsafeBufferPointer(rebasing: bytes[left.content])
        let rightRaw = UnsafeBufferPointer(rebasing: bytes[right.content])
        if isPlain { return leftRaw.elementsEqual(rightRaw) }
        return StringContent.unescaped(leftRaw) == StringContent.unescaped(rightRaw)
    }
}
