import Entities
import Platform
import Storage
import Web

extension CommandRunner {
    func administerVisibility(_ command: Command, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        let entities = parts.ports.entities
        switch command {
        case .setVisibility(let space, let type, let owner, let text):
            let owner = try parts.platform.tenants.current.require(TenantID(owner)).id
            let visibility = try text.map(Self.visibility)
            try await entities.setVisibility(context, visibility, space: space, type: type, owner: owner)
            let said = visibility.map {
                "\(type) of \(owner) in '\(space)': \($0.rawValue). A job applies it to what is there."
            }
            await emit(.line(said ?? "There is no rule for \(type) of \(owner) in '\(space)' now."))
        case .listVisibility(let space):
            for rule in try await entities.visibilityRules(context, space: space) {
                await emit(.line("\(rule.space)\t\(rule.type)\t\(rule.owner)\t\(rule.visibility.rawValue)"))
            }
        default: break
        }
    }

    private static func visibility(_ text: String) throws(Refusal) -> Visibility {
        guard let visibility = Visibility(rawValue: text) else {
            throw Refusal(.invalid, "'\(text)' is no visibility: say public, bodies or tenant.")
        }
        return visibility
    }
}
