/// Work of a module that has a loop of its own and runs as long as the process does: woken after commits, stopped with
/// everything else. It handles its own failures.
public protocol LongRunning: Sendable {
    /// Returns soon after `stop` was called, with what it holds in memory written down.
    func run() async

    /// Something was committed. Called from the committing thread: quick, and touches no database.
    func wake()

    /// Lets `run` come to its end; does not wait for it.
    func stop()
}
