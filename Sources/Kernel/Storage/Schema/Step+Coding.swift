import Foundation

extension Migration.Step {
    /// The table or index that the step is about; empty for free statements.
    package var name: String {
        switch self {
        case .createTable(let table): table.name
        case .addColumn(let table, _): table
        case .createIndex(let index): index.table
        case .createTextIndex(let name), .createGeoIndex(let name), .createSequence(let name), .dropTable(let name):
            name
        case .execute: ""
        }
    }

    package func encoded() throws(Refusal) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return Array(try encoder.encode(self)) } catch { throw Refusal(.storage, "A schema step: \(error)") }
    }

    package init(encoded bytes: [UInt8]) throws(Refusal) {
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
            throw Refusal(.invalid, "A schema step cannot be read: \(error)")
        }
    }
}
