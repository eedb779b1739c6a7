import HTTPTypes

extension Answer {
    /// Smaller bodies are sent as they are.
    static let leastCompressed = 1_024

    /// Compresses the body if the client takes it and it is worth the work.
    mutating func compress(for acceptEncoding: String?) {
        guard let type = headers[.contentType], headers[.contentEncoding] == nil, ContentCoding.helps(type) else {
            return
        }
        switch body {
        case .empty: break
        case .bytes(let bytes): compress(bytes, for: acceptEncoding)
        case .stream(let write): compress(write, for: acceptEncoding)
        }
    }

    private mutating func compress(_ bytes: [UInt8], for acceptEncoding: String?) {
        guard bytes.count > Self.leastCompressed else { return }
        addVary("Accept-Encoding")
        let coding = ContentCoding.chosen(acceptEncoding, of: [.gzip, .brotli])
        let compressed: [UInt8]? =
            switch coding {
            case .gzip: Gzip.compress(bytes)
            case .brotli: Brotli.compress(bytes)
            case nil: nil
            }
        guard let coding, let compressed, compressed.count < bytes.count else { return }
        body = .bytes(compressed)
        mark(coding)
    }

    private mutating func compress(
        _ write: @escaping @Sendable (_ write: @Sendable ([UInt8]) async throws -> Void) async throws -> Void,
        for acceptEncoding: String?
    ) {
        addVary("Accept-Encoding")
        guard ContentCoding.chosen(acceptEncoding, of: [.gzip]) == .gzip else { return }
        body = .stream { output in
            let deflater = Deflater(level: 5)
            try await write { piece in
                if let bytes = deflater.add(piece, last: false), !bytes.isEmpty { try await output(bytes) }
            }
            if let end = deflater.add([], last: true) { try await output(end) }
        }
        mark(.gzip)
    }

    private mutating func mark(_ coding: ContentCoding) {
        headers[.contentEncoding] = coding.rawValue
        guard let tag = headers[.eTag], tag.hasSuffix("\"") else { return }
        headers[.eTag] = "\(tag.dropLast())\(coding.tagMark)\""
    }

    /// Adds a name to `Vary` unless it is there.
    mutating func addVary(_ name: String) {
        guard let vary = headers[.vary] else { return headers.append(HTTPField(name: .vary, value: name)) }
        let names = vary.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
        if !names.contains(name.lowercased()) { headers[.vary] = "\(vary), \(name)" }
    }
}
