import ArgumentParser
import Foundation

/// Reads a password without showing it; from a pipe, its first line.
enum PasswordPrompt {
    static func readNew() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine() else { throw ValidationError("Give the password on standard input.") }
            return line
        }
        let first = try readHidden("Password: ")
        guard try readHidden("Again: ") == first else { throw ValidationError("The two passwords differ.") }
        return first
    }

    private static func readHidden(_ prompt: String) throws -> String {
        FileHandle.standardError.write(Data(prompt.utf8))
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        guard let line = readLine() else { throw ValidationError("No password was given.") }
        return line
    }
}

/// A path as the process that holds the data can open it.
func absolutePath(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}
