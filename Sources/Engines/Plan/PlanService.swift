/// What the plan's pages, panels and the search ask: the one way to the plan's facts.
public struct PlanService: Sendable {
    public let document: PlanDocument
    public let linker: GlossaryLinker
    private let search: PlanSearch
    private let kpisByID: [String: KPI]
    private let measuresByID: [String: Measure]

    public init(_ document: PlanDocument) {
        self.document = document
        linker = GlossaryLinker(document.glossary)
        search = PlanSearch(document)
        kpisByID = Dictionary(document.kpis.map { ($0.id, $0) }) { first, _ in first }
        measuresByID = Dictionary(document.measures.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The indicators of the visions: the plan's headline figures.
    public var headline: [KPI] { document.kpis.filter { $0.kind == .vision } }

    /// Indicators in which every municipality has a share.
    public var municipalKPIs: [KPI] { document.kpis.filter { $0.isPerMunicipality && $0.repeatOf == nil } }

    public func kpi(_ id: String) -> KPI? { kpisByID[id] }

    public func measure(_ id: String) -> Measure? { measuresByID[id] }

    /// The terms of these names and those that stand in a text, each once.
    public func terms(of names: [String], and text: String = "") -> [GlossaryTerm] {
        let ids = linker.termIDs(in: text)
        return document.glossary.filter { names.contains($0.term) || ids.contains($0.id) }
    }

    /// The section with an id, as printed (`1-(1)`) or as in addresses (`1-1`).
    public func section(_ id: String) -> PlanSection? {
        document.parts.flatMap(\.sections).first { $0.id == id || $0.key == id }
    }

    public func part(_ id: String) -> PlanPart? { document.parts.first { $0.id == id } }

    public func kpis(ofSection id: String) -> [KPI] { document.kpis.filter { $0.section == id } }

    public func measures(ofSection id: String) -> [Measure] { document.measures.filter { $0.section == id } }

    /// Sections (or, for a vision, the part) in which the indicator stands again.
    public func repeats(of kpi: KPI) -> [KPI] { document.kpis.filter { $0.repeatOf == kpi.id } }

    /// The measures that should move an indicator: those of its section, or of all sections of a vision's part.
    public func measures(beside kpi: KPI) -> [Measure] {
        let sections = part(kpi.section)?.sections.map(\.id) ?? [kpi.section]
        return document.measures.filter { sections.contains($0.section) }
    }

    public func find(_ words: String) -> [PlanSearch.Subject] { search.find(words) }
}
