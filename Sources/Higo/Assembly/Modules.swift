import Connect
import Context
import Maps
import Plan
import Portal
import Storage
import Web

/// The list of modules: the one place that names them all.
enum Modules {
    /// Targets with words, templates and assets, the kernel's first.
    static let resourceTargets = ["Web", "Context", "Connect", "Maps", "Plan", "Portal"]

    static func all(imports: ImportService, dataFolder: String) throws -> [Module] {
        [
            ContextModule.module,
            ConnectModule.module(imports),
            MapsModule.module,
            PlanModule.module(try PlanDocument.load(dataFolder: dataFolder)),
            PortalModule.module,
        ]
    }
}
