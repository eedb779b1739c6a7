import Storage

/// Which passwords are taken: long ones that are no common word, row of keys, or repetition (NIST SP 800-63B §3.1.1.2).
public enum PasswordPolicy {
    public static let minimumLength = 12
    /// Bytes; longer ones are refused rather than cut.
    public static let maximumBytes = 1_024

    /// Refuses with a sentence that says what to choose instead.
    public static func check(_ password: String, login: String) throws(Refusal) {
        guard password.count >= minimumLength else {
            throw Refusal(.invalid, "The password is too short: use at least \(minimumLength) letters.")
        }
        guard password.utf8.count <= maximumBytes else {
            throw Refusal(.invalid, "The password is too long: use at most \(maximumBytes) bytes.")
        }
        let folded = password.lowercased()
        let name = login.lowercased().split(separator: "@").first.map(String.init) ?? ""
        if name.count >= 4, folded.contains(name) {
            throw Refusal(.invalid, "The password contains the account's name: use one that does not.")
        }
        if isRepetition(folded) || isRun(folded) || isPaddedWord(folded) {
            throw Refusal(
                .invalid, "The password is a common one, a row of keys or a repetition: use several unrelated words.")
        }
    }

    /// `abcabcabcabc`, `aaaaaaaaaaaa`: fewer than five different letters, or one piece of up to six again and again.
    private static func isRepetition(_ text: String) -> Bool {
        let letters = Array(text)
        if Set(letters).count < 5 { return true }
        return (1...6).contains { length in
            letters.indices.allSatisfy { letters[$0] == letters[$0 % length] }
        }
    }

    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "あいうえおかきくけこさしすせそたちつてと",
    ]

    /// A piece of the alphabet, of the digits or of the keyboard, forwards or backwards.
    private static func isRun(_ text: String) -> Bool {
        rows.contains { $0.contains(text) || String($0.reversed()).contains(text) }
    }

    private static let commonWords: Set<String> = [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "pass", "passwd", "qwerty", "qwertyuiop", "letmein", "welcome",
        "admin", "administrator", "root", "login", "master", "secret", "changeme", "default", "iloveyou", "monkey",
        "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "trustno", "test", "guest",
        "user", "abc", "abcd", "asdf", "asdfgh", "zxcvbn", "kumamoto", "kumamon", "higo", "sakura", "nippon", "japan",
        "yamato", "hello", "computer", "internet", "samsung", "google", "pikachu", "doraemon",
    ]

    /// One or two common words with only digits and signs round and between them: `Password2026!`.
    private static func isPaddedWord(_ text: String) -> Bool {
        let letters = text.filter(\.isLetter)
        if letters.isEmpty || commonWords.contains(text) || commonWords.contains(letters) { return true }
        return commonWords.contains { first in
            letters.hasPrefix(first) && commonWords.contains(String(letters.dropFirst(first.count)))
        }
    }
}
