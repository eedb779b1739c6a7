import Web
struct ContextContributions: Sendable {
    init(_ ports: Ports) {}
    var all: [Contribution] { [] }
}
