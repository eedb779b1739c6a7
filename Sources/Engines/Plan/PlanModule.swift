import Web

/// The prefecture's digitalisation plan: its indicators, measures and terms, shown, searched, and given to other pages.
public enum PlanModule {
    public static let id = "plan"

    /// The module over a plan that was read and checked before anything is served.
    public static func module(_ document: PlanDocument) -> Module {
        let plan = PlanService(document)
        return Module(
            id: id,
            contributions: { ports in PlanContributions(plan: plan, kit: ports.pages).all },
            routes: { table, ports in PlanRoutes(plan: plan, kit: ports.pages).add(to: &table) })
    }
}
