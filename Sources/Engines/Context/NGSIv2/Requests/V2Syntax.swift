import JSON
import Storage

/// Which characters NGSIv2 takes («General syntax restrictions», «Identifiers syntax restrictions»).
enum V2Syntax {
    private static let forbidden = Set(#"<>"'=;()"#.utf8)
    private static let forbiddenInNames = Set("&?/#".utf8)

    /// Refuses an identifier that is empty, too long, or has a character that is not taken.
    /// - Parameter what: `entity id`, `attribute name`…
    static func check(_ name: String, _ what: String) throws(Refusal) {
        let count = name.utf8.count
        guard count > 0 else { throw .badV2("\(what) length: 0, min length supported: 1") }
        guard count <= 256 else { throw .badV2("\(what) length: \(count), max length supported: 256") }
        guard
            name.utf8.allSatisfy({ byte in
                byte > 0x20 && byte < 0x7F && !forbidden.contains(byte) && !forbiddenInNames.contains(byte)
            })
        else { throw .badV2("Invalid characters in \(what)") }
    }

    /// Refuses a value with a character that is not taken, in any of its texts and names.
    static func check(_ value: JSON, _ what: String) throws(Refusal) {
        guard isAllowed(value) else { throw .badV2("Invalid characters in \(what)") }
    }

    static func isAllowed(_ text: String) -> Bool { !text.utf8.contains(where: forbidden.contains) }

    private static func isAllowed(_ value: JSON) -> Bool {
        switch value {
        case .string(let text): isAllowed(text)
        case .array(let elements): elements.allSatisfy(isAllowed)
        case .object(let object): object.members.allSatisfy { isAllowed($0.name) && isAllowed($0.value) }
        default: true
        }
    }
}
