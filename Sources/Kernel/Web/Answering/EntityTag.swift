import Crypto
import HTTPTypes
import Storage

/// An entity tag (RFC 9110 §8.8.3): names one version of what is at an address.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes: printable ASCII without `"`.
    public let value: String
    public let isWeak: Bool

    public init(_ value: String, weak: Bool = false) {
        self.value = value
        isWeak = weak
    }

    public init(version: Int64) { self.init(String(version)) }

    /// The tag of bytes: 128 bits of their SHA-256.
    public init(of bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        self.init(
            String(
                decoding: SHA256.hash(data: bytes).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
                as: UTF8.self))
    }

    /// As it stands in a header.
    public var description: String { isWeak ? "W/\"\(value)\"" : "\"\(value)\"" }

    /// The tags of `If-Match` or `If-None-Match`. The mark that compression adds to a tag is taken away again, so that
    /// a client may send back what it was given.
    package static func list(_ header: String) -> [EntityTag] {
        header.split(separator: ",").compactMap { piece in
            let text = piece.filter { $0 != " " && $0 != "\t" }
            let isWeak = text.hasPrefix("W/")
            let quoted = isWeak ? text.dropFirst(2) : text[...]
            guard quoted.count >= 2, quoted.first == "\"", quoted.last == "\"" else { return nil }
            return EntityTag(String(bare(quoted.dropFirst().dropLast())), weak: isWeak)
        }
    }

    private static func bare(_ value: Substring) -> Substring {
        for mark in ContentCoding.allCases.map(\.tagMark) where value.hasSuffix(mark) {
            return value.dropLast(mark.count)
        }
        return value
    }
}

extension Call {
    /// Whether `If-None-Match` names this version, so that 304 is enough. Compares weakly (RFC 9110 §13.1.2).
    public func knows(_ tag: EntityTag) -> Bool {
        guard let header = headers[.ifNoneMatch] else { return false }
        return header == "*" || EntityTag.list(header).contains { $0.value == tag.value }
    }

    /// The version that an update is meant for must be the one that is there: `precondition-required` without
    /// `If-Match`, `precondition-failed` if it names others. Compares strongly (RFC 9110 §13.1.1).
    public func requireMatch(_ current: EntityTag) throws(Refusal) {
        guard let header = headers[.ifMatch] else {
            throw Refusal(.preconditionRequired, "Send 'If-Match' with the ETag of the version that you change.")
        }
        guard header == "*" || EntityTag.list(header).contains(where: { !$0.isWeak && $0.value == current.value })
        else {
            throw Refusal(
                .preconditionFailed, "It has changed since you read it. Read it again, then send your change anew.")
        }
    }
}
