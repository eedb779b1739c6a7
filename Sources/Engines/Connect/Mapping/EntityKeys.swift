import Civic
import Crypto
import Tabular

/// Makes the ids of a file's entities: `urn:ngsi-ld:Type:CODE6:KEY`.
///
/// KEY is the file's id column if every row has its own value there, else 16 hex digits of SHA-256 over the folded name and
/// address. A second row with the same key gets `-2`, a third `-3`: one entity per row.
struct EntityKeys {
    enum Rule: Equatable, Sendable {
        case column(Int)
        case digest([Int])
    }

    let type: String
    let rule: Rule
    private var seen: [String: Int] = [:]

    init(type: String, rule: Rule) {
        self.type = type
        self.rule = rule
    }

    mutating func id(of row: TableRow, code: String) -> String {
        let base = "urn:ngsi-ld:\(type):\(code):\(key(of: row))"
        let count = (seen[base] ?? 0) + 1
        seen[base] = count
        return count == 1 ? base : "\(base)-\(count)"
    }

    private func key(of row: TableRow) -> String {
        switch rule {
        case .column(let column): return EntityKeys.urnPart(LabelTrim.trimmed(row[column]))
        case .digest(let columns):
            let text = columns.map { TextFolding.key(row[$0]) }.joined(separator: "\n")
            return EntityKeys.digest(text)
        }
    }

    /// 16 hex digits of SHA-256.
    static func digest(_ text: String) -> String { Hex.text(SHA256.hash(data: Array(text.utf8)).prefix(8)) }

    /// Percent-encodes what may not stand in a URN (RFC 8141).
    static func urnPart(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if isPlain(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + Hex.text([byte]).uppercased()
            }
        }
        return result
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~,:()+".utf8.contains(byte)
        }
    }
}

enum Hex {
    private static let digits = Array("0123456789abcdef".unicodeScalars)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        for byte in bytes {
            result.append(digits[Int(byte >> 4)])
            result.append(digits[Int(byte & 15)])
        }
        return String(result)
    }
}
