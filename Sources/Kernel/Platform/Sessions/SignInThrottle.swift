import Storage

/// Slows down guessing: tries are counted before the password is looked at, by account and address.
///
/// After the free tries the wait doubles from 30 seconds to 15 minutes; an hour of quiet forgets them.
enum SignInThrottle {
    private static let forgetSeconds = 3_600.0
    private static let longestWaitSeconds = 900.0

    struct Subject {
        var digest: String
        var freeTries: Int
    }

    /// One account from one address, the account from anywhere, the address for any account.
    static func subjects(login: String, address: String) -> [Subject] {
        [
            Subject(digest: SecretToken.digest("pair:\(login):\(address)"), freeTries: 5),
            Subject(digest: SecretToken.digest("login:\(login)"), freeTries: 25),
            Subject(digest: SecretToken.digest("address:\(address)"), freeTries: 25),
        ]
    }

    /// Counts a try, or refuses with `tooManyRequests` and the seconds to wait; a refused try is not counted.
    static func take(_ subjects: [Subject], in transaction: any Transaction) throws(Refusal) {
        let now = transaction.context.now
        for subject in subjects {
            let wait = try secondsToWait(subject, at: now, in: transaction)
            guard wait <= 0 else {
                throw Refusal(
                    .tooManyRequests,
                    "There were too many tries to sign in. Try again in \(Int(wait.rounded(.up))) seconds.")
            }
        }
        for subject in subjects {
            try transaction.execute(
                """
                INSERT INTO platform_sign_in_tries (subject, tries, last) VALUES (?, 1, ?)
                ON CONFLICT (subject) DO UPDATE SET
                tries = CASE WHEN platform_sign_in_tries.last < ? THEN 1 ELSE platform_sign_in_tries.tries + 1 END,
                last = excluded.last
                """,
                [.text(subject.digest), .instant(now), .instant(now.advanced(bySeconds: -forgetSeconds))])
        }
    }

    private static func secondsToWait(
        _ subject: Subject, at now: Instant, in reader: any Reader
    ) throws(Refusal) -> Double {
        let key = RowKey("platform_sign_in_tries", [("subject", .text(subject.digest))])
        guard let row = try reader.get(key) else { return 0 }
        let (tries, quiet) = (row.int("tries"), now.seconds(since: row.instant("last")))
        guard tries >= subject.freeTries, quiet < forgetSeconds else { return 0 }
        let doublings = min(tries - subject.freeTries, 5)
        return min(30 * Double(1 << doublings), longestWaitSeconds) - quiet
    }

    /// Forgets the tries that a right password ended; the address gives back the one that it took.
    static func clear(_ subjects: [Subject], in transaction: any Transaction) throws(Refusal) {
        for subject in subjects.prefix(2) {
            try transaction.execute("DELETE FROM platform_sign_in_tries WHERE subject = ?", [.text(subject.digest)])
        }
        for subject in subjects.dropFirst(2) {
            try transaction.execute(
                "UPDATE platform_sign_in_tries SET tries = tries - 1 WHERE subject = ? AND tries > 0",
                [.text(subject.digest)])
        }
    }

    /// Removes what is forgotten anyway.
    static func purge(in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            "DELETE FROM platform_sign_in_tries WHERE last < ?",
            [.instant(transaction.context.now.advanced(bySeconds: -forgetSeconds))])
    }
}
