import Platform
import Storage
import Testing

@Suite struct PasswordPolicyTests {
    @Test(arguments: [
        "umbrella trout seven lanterns", "みずうみのそばの赤い自転車", "xK4-rain-Oslo-77", "correct horse battery staple",
    ])
    func takesLongUnrelatedWords(password: String) throws {
        try PasswordPolicy.check(password, login: "hanako@example.jp")
    }

    @Test(arguments: [
        "short", "elevenchars", "aaaaaaaaaaaaaaa", "abcabcabcabc", "123456789012", "qwertyuiopasdf", "Password2026!",
        "kumamotohigo12", "zyxwvutsrqponm", "hanako-is-my-name", "987654321098", "Password Password",
        String(repeating: "long password ", count: 100),
    ])
    func refusesShortCommonAndRepeatedOnes(password: String) {
        #expect(throws: Refusal.self) { try PasswordPolicy.check(password, login: "hanako@example.jp") }
    }
}
