import Storage

/// Files that are linked at start, in order, read from a file of `data/sources`.
public struct FileList: Sendable, Decodable {
    /// Where they lie, seen from the folder of the project.
    public var folder: String
    public var files: [String]

    /// - Parameters:
    ///   - name: the list's name, such as `kumamoto`.
    ///   - dataFolder: the folder `data`.
    public static func named(_ name: String, dataFolder: String) throws(Refusal) -> FileList {
        try ModelFile.decode(try ModelFile.bytes("\(dataFolder)/sources/\(name).yaml"), named: "\(name).yaml")
    }

    /// Paths of the files, the list's folder taken from `root`.
    public func paths(root: String) -> [String] { files.map { "\(root)/\(folder)/\($0)" } }
}
