import Storage
import Testing

@Suite struct TenantLineTests {
    @Test func takesTenantsInTurnAndEachOnesBodiesInOrder() {
        var line = TenantLine<String>()
        for name in ["a1", "a2", "a3", "a4", "b1", "c1", "c2"] {
            line.append(name, of: TenantID(String(name.prefix(1))))
        }
        #expect(line.take(4) == ["a1", "b1", "c1", "a2"])
        line.append("b2", of: "b")
        #expect(line.take(3) == ["c2", "a3", "b2"])
        #expect(line.take(9) == ["a4"])
        #expect(line.take(9) == [])
        #expect(line.isEmpty)
    }

    @Test func takesALoneTenantsBodiesUpToTheLimit() {
        var line = TenantLine<Int>()
        for number in 1...5 { line.append(number, of: "a") }
        #expect(line.take(3) == [1, 2, 3])
        #expect(line.take(3) == [4, 5])
    }
}
