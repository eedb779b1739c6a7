import Foundation

/// A command that writes: run by the process that holds the data, be it this one or a running server.
enum Command: Codable, Sendable {
    case importFiles(files: [String], tenant: String?, model: String?)
    case undoImport(id: String)
    case backup(path: String)
    case createUser(login: String, name: String, tenant: String, role: String, unit: String?, password: String)
    case disableUser(login: String)
    case enableUser(login: String)
    case setPassword(login: String, password: String)
    case listUsers(tenant: String?)
    case createKey(tenant: String, name: String, permissions: [String], days: Int?)
    case revokeKey(id: String)
    case listKeys(tenant: String?)
    case createUnit(tenant: String, id: String, name: String, kana: String?, parent: String?)
    case closeUnit(tenant: String, id: String)
    case listUnits(tenant: String)
    case grantRole(login: String, role: String, unit: String?, from: String?, until: String?)
    case endRole(login: String, assignment: String)
    case listRoles(login: String)
    case nameDeputy(assignment: String, holder: String, deputy: String, from: String?, until: String?)
    case endDeputy(tenant: String, id: String)
    case setVisibility(space: String, type: String, owner: String, visibility: String?)
    case listVisibility(space: String?)
    case verifyAudit
}

/// What a running command tells, a line of JSON each.
enum CommandEvent: Codable, Sendable {
    /// How far one piece of work is: `done` of `total` steps; `total` 0 while unknown.
    case progress(label: String, done: Int, total: Int)
    case line(String)
    /// A sentence for the person; the command goes on or ends with a status.
    case problem(String)
    /// The last event, with the exit status.
    case finished(Int32)
}
