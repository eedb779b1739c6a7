import Web
struct EntityPageRoutes: Sendable {
    init(_ ports: Ports) {}
    func add(to table: inout RouteTable) {}
}
