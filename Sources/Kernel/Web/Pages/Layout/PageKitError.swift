/// Why the resources of the pages cannot be used. Found at start, never while serving.
public enum PageKitError: Error, Sendable, Hashable, CustomStringConvertible {
    case missingFolder(String)
    case words(String, String)
    case template(String, String)

    public var description: String {
        switch self {
        case .missingFolder(let path): "The resource folder '\(path)' is not there. Reinstall Higo."
        case .words(let file, let reason): "The words file '\(file)' cannot be used. \(reason)"
        case .template(let file, let reason): "The template '\(file)' cannot be used. \(reason)"
        }
    }
}
