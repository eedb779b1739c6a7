extension Double {
    /// Neither database keeps NaN and the infinities the same way, so neither takes them.
    package func checkedForStorage() throws(Refusal) -> Double {
        if isFinite { return self }
        throw Refusal(.invalid, "A number must be finite.")
    }
}

extension String {
    /// PostgreSQL takes no U+0000 in text, so neither database does.
    package func checkedForStorage() throws(Refusal) -> String {
        if !utf8.contains(0) { return self }
        throw Refusal(.invalid, "A text must not contain the character U+0000.")
    }
}
