import HigoTesting
import Storage
import Testing

@testable import SQLiteStorage

@Suite struct WriteLineTests {
    @Test func takesTenantsInTurnAndEachOnesBodiesInOrder() {
        var line = WriteLine()
        for name in ["a1", "a2", "a3", "a4", "b1", "c1", "c2"] { line.append(Named(name)) }
        #expect(names(line.take(4)) == ["a1", "b1", "c1", "a2"])
        line.append(Named("b2"))
        #expect(names(line.take(3)) == ["c2", "a3", "b2"])
        #expect(names(line.take(9)) == ["a4"])
        #expect(names(line.take(9)) == [])
        #expect(line.isEmpty)
    }

    @Test func takesALoneTenantsBodiesUpToTheLimit() {
        var line = WriteLine()
        for number in 1...5 { line.append(Named("a\(number)")) }
        #expect(names(line.take(3)) == ["a1", "a2", "a3"])
        #expect(names(line.take(3)) == ["a4", "a5"])
    }

    private func names(_ writes: [any PendingWrite]) -> [String] { writes.compactMap { ($0 as? Named)?.name } }

    private final class Named: PendingWrite {
        let name: String
        var tenant: TenantID { TenantID(String(name.prefix(1))) }

        init(_ name: String) { self.name = name }

        func run(_ connection: SQLiteConnection, _ sequences: SQLiteSequences) -> WriteOutcome { .done }
        func finish(refusal: Refusal?) {}
    }
}
