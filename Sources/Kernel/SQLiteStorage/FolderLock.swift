import Storage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Holds `higo.lock` in a folder, so that one process writes its files. The system lets go of it when the process ends.
final class FolderLock: Sendable {
    private let descriptor: CInt

    init(folder: String) throws(Refusal) {
        let path = folder + "/higo.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Refusal(.unavailable, "The file '\(path)' cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Refusal(
                .unavailable, "Another process works on the folder '\(folder)'. Stop it, or let it do the work.")
        }
    }

    deinit { close(descriptor) }
}
