import Foundation
import Synchronization

/// Shows a command's events: a bar for each piece of work in a terminal, plain lines otherwise.
final class CommandPrinter: Sendable {
    private struct State {
        var openLabel: String?
        var lastPercent = -1
    }

    private let isTerminal: Bool
    private let state = Mutex(State())

    init(isTerminal: Bool = isatty(STDOUT_FILENO) == 1) { self.isTerminal = isTerminal }

    func show(_ event: CommandEvent) {
        switch event {
        case .progress(let label, let done, let total): progress(label, done, total)
        case .line(let text):
            closeBar()
            write(text + "\n")
        case .problem(let text):
            closeBar()
            FileHandle.standardError.write(Data((text + "\n").utf8))
        case .finished: closeBar()
        }
    }

    private func progress(_ label: String, _ done: Int, _ total: Int) {
        let percent = total > 0 ? min(100, done * 100 / total) : 0
        let changed = state.withLock { state in
            defer { (state.openLabel, state.lastPercent) = (label, percent) }
            return (isNew: state.openLabel != nil && state.openLabel != label, moved: state.lastPercent != percent)
        }
        guard isTerminal else { return }
        if changed.isNew { write("\n") }
        guard changed.moved || changed.isNew else { return }
        let filled = percent * 24 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        write("\r\(bar) \(percent)% \(label)\u{1B}[K")
    }

    private func closeBar() {
        let wasOpen = state.withLock { state in
            defer { (state.openLabel, state.lastPercent) = (nil, -1) }
            return state.openLabel != nil
        }
        if wasOpen && isTerminal { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
