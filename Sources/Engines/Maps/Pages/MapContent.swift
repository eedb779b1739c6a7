import Entities
import Geometry
import JSON
import Storage
import Web

/// Gathers what a map shows for one reader: outlines, counts, and the places of the chosen types.
struct MapContent: Sendable {
    /// More places than this are not drawn into the picture.
    static let mostDots = 5_000

    let service: MapsService
    let call: Call
    let words: WordBook
    let edition: MunicipalityAtlas.Edition
    /// By municipality code and type.
    let counts: [String: [String: Int]]

    init(_ service: MapsService, _ call: Call) async throws(Refusal) {
        self.service = service
        self.call = call
        words = service.pages.words(for: call)
        edition = try await service.atlas.edition(call.context)
        counts = try await service.entities.counts(call.context)
    }

    /// Types of which at least one entity has a place, the municipalities left out.
    func types() async throws(Refusal) -> [EntityTypeSummary] {
        let located = try await service.entities.locatedTypes(call.context)
        return try await service.entities.types(call.context)
            .filter { $0.type != MunicipalityAtlas.type && located.contains($0.type) }.sorted { $0.type < $1.type }
    }

    /// What people call a type; its name if nobody said.
    func label(_ type: String) -> Phrase {
        service.pages.entityLabels(ofType: type).map { words.localized($0.type) } ?? Phrase(type)
    }

    /// Entities of a type by municipality; of all types without one.
    func figure(_ type: String?) -> MunicipalityMap.Figure {
        let values = counts.mapValues { byType in
            type.map { byType[$0] ?? 0 } ?? byType.filter { $0.key != MunicipalityAtlas.type }.values.reduce(0, +)
        }
        let known = Dictionary(uniqueKeysWithValues: codes.map { ($0, values[$0] ?? 0) })
        return MunicipalityMap.Figure(label: type.map(label) ?? words["maps.figure.all"], values: known)
    }

    var codes: [String] { edition.overview.shapes.map(\.code).sorted() }

    /// - Parameter selected: the municipality that the page is about; then only what is about it is drawn.
    func view(
        id: String, title: Phrase, types: [String], figure: MunicipalityMap.Figure? = nil, selected: String? = nil
    ) async throws(Refusal) -> MapView {
        let picture = MunicipalityMap(
            id: id + "-picture", title: title, overview: edition.overview, grid: service.grid, figure: figure,
            selected: selected, dots: try await dots(types, about: selected))
        let layers = types.map { MapView.Layer(layer: .places(type: $0), label: label($0)) }
        return MapView(
            id: id, title: title, area: area(of: selected), layers: [municipalities] + layers, picture: picture,
            assetPath: service.pages.assetPath)
    }

    /// A path of dots for each type, empty where nothing is to be drawn, so that marks and legend agree.
    private func dots(_ types: [String], about municipality: String?) async throws(Refusal) -> [String] {
        let key = DotCache.Key(audience: Audience(call.context), types: types, municipality: municipality)
        let version = service.entities.version()
        if let dots = service.dots.dots(key, version: version) { return dots }
        var dots: [String] = []
        if let municipality {
            let stored = try await service.entities.located(
                call.context, types: types, about: municipality, limit: Self.mostDots)
            let byType = Dictionary(grouping: stored) { $0.types.first ?? "" }
            dots = types.map { path(byType[$0] ?? []) }
        } else {
            for type in types {
                let stored = try await service.entities.located(
                    call.context, type: type, in: edition.overview.boundingBox, limit: Self.mostDots)
                dots.append(path(stored))
            }
        }
        service.dots.keep(dots, for: key, version: version)
        return dots
    }

    private func path(_ stored: [StoredEntity]) -> String {
        edition.overview.dots(stored.compactMap(MapFeature.init).compactMap(\.mark)) ?? ""
    }

    private var municipalities: MapView.Layer {
        MapView.Layer(layer: .municipalities, label: words["maps.layer.municipalities"])
    }

    private func area(of code: String?) -> BoundingBox {
        let outline = code.flatMap { code in edition.outlines.first { $0.municipality == code } }
        return outline.flatMap { BoundingBox(of: $0.geometry) } ?? edition.overview.boundingBox ?? HomeArea.boundingBox
    }
}

extension MapFeature {
    /// Where a dot stands for it.
    var mark: Coordinate? {
        if case .point(let place) = geometry { return place }
        return (try? geometry.pointOnSurface()) ?? nil
    }
}
