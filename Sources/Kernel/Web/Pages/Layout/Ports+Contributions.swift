import Storage

extension PageKit {
    /// The panels of the home page, in order.
    public func homePanels(_ call: Call) async throws -> [Panel] {
        var panels: [(Int, Panel)] = []
        for case .homePanel(let order, let draw) in contributions {
            if let panel = try await draw(call) { panels.append((order, panel)) }
        }
        return panels.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The panels of a municipality's page, in order.
    public func townPanels(_ call: Call, municipality: String) async throws -> [Panel] {
        var panels: [(Int, Panel)] = []
        for case .townPanel(let order, let draw) in contributions {
            if let panel = try await draw(call, municipality) { panels.append((order, panel)) }
        }
        return panels.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The map of an entity type; `nil` if no module draws maps.
    public func typeMap(_ call: Call, type: String) async throws -> HTML? {
        for case .typeMap(let draw) in contributions {
            if let map = try await draw(call, type) { return map }
        }
        return nil
    }

    /// The municipalities with a value each; `nil` if no module draws maps.
    public func townsMap(_ call: Call, _ values: TownValues) async throws -> HTML? {
        for case .townsMap(let draw) in contributions {
            if let map = try await draw(call, values) { return map }
        }
        return nil
    }
}

/// One value for each municipality, to be drawn as a map by whoever knows its shape.
public struct TownValues: Sendable {
    public var frame: ChartFrame
    public var unit: Phrase
    /// By 6-digit code; a municipality that is missing has no data.
    public var values: [String: Double]

    public init(_ frame: ChartFrame, unit: Phrase, values: [String: Double]) {
        self.frame = frame
        self.unit = unit
        self.values = values
    }
}
