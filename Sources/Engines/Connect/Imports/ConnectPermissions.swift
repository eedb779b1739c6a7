import Platform
import Storage

/// The engine's permissions.
public enum ConnectPermissions {
    /// Link files and undo imports.
    public static let run: Permission = "connect.import.run"
    /// See imports and download what was put aside.
    public static let view: Permission = "connect.import.view"

    static let declarations = [
        PermissionDeclaration(run, "Link files to the shared data, and undo imports."),
        PermissionDeclaration(view, "See imports with their reports, and download rows that could not be read."),
    ]
}
