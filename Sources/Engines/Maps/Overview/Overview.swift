import Geometry

/// The picture of all municipalities in units of SVG: from their boundaries, or one square each.
struct Overview: Sendable {
    struct Shape: Sendable {
        var code: String
        var name: String
        /// SVG path data.
        var path: String
        var labelAt: (x: Double, y: Double)
        /// How wide a label may be.
        var labelRoom: Double
    }

    var width: Double
    var height: Double
    var shapes: [Shape]
    /// The area drawn; `nil` for the squares, on which no place can be shown.
    var boundingBox: BoundingBox?

    static let drawnWidth = 792.0
}

extension Overview {
    /// From boundaries; `nil` without any.
    init?(outlines: [MapFeature]) {
        guard let box = BoundingBox(of: outlines.map(\.geometry)), box.width > 0, box.height > 0 else { return nil }
        let frame = OverviewFrame(box)
        width = frame.width
        height = frame.height
        boundingBox = box
        shapes = outlines.compactMap { outline in
            guard let code = outline.municipality else { return nil }
            return frame.shape(of: outline.geometry, code: code, name: outline.name)
        }.sorted { $0.code < $1.code }
    }

    /// One square each.
    init(grid: TileGrid) {
        let columns = (grid.cells.map(\.column).max() ?? 0) + 1
        let side = Overview.drawnWidth / Double(max(columns, 9))
        width = Overview.drawnWidth
        height = Double((grid.cells.map(\.row).max() ?? 0) + 1) * side
        boundingBox = nil
        shapes = grid.cells.map { cell in
            let (x, y) = (Double(cell.column) * side + 2, Double(cell.row) * side + 2)
            let edge = (side - 4).svg
            return Shape(
                code: cell.code, name: cell.name, path: "M\(x.svg) \(y.svg)h\(edge)v\(edge)h-\(edge)z",
                labelAt: (x + side / 2 - 2, y + side / 2 + 3), labelRoom: side)
        }
    }

    /// Many places as one path of dots; `nil` on the squares. Places that fall on the same pixel are drawn once.
    func dots(_ places: [Coordinate]) -> String? {
        guard let boundingBox else { return nil }
        let frame = OverviewFrame(boundingBox)
        var seen: Set<[Int]> = []
        return places.compactMap { place in
            guard boundingBox.contains(place) else { return nil }
            let point = frame.project(place)
            let (x, y) = (Int(point.x.rounded()), Int(point.y.rounded()))
            return seen.insert([x, y]).inserted ? "M\(x) \(y)h0" : nil
        }.joined()
    }
}

/// Web Mercator, scaled so that a box fills the picture.
private struct OverviewFrame {
    let box: BoundingBox
    let width = Overview.drawnWidth
    let height: Double
    private let origin: (x: Double, y: Double)
    private let scale: Double
    private let margin = 8.0

    init(_ box: BoundingBox) {
        self.box = box
        let southEast = WebMercator.project(Coordinate(longitude: box.west + box.width, latitude: box.south))
        origin = WebMercator.project(Coordinate(longitude: box.west, latitude: box.north))
        scale = (Overview.drawnWidth - 2 * margin) / (southEast.x - origin.x)
        height = (southEast.y - origin.y) * scale + 2 * margin
    }

    func project(_ place: Coordinate) -> (x: Double, y: Double) {
        let point = WebMercator.project(place)
        return ((point.x - origin.x) * scale + margin, (point.y - origin.y) * scale + margin)
    }

    /// `nil` when nothing of the geometry is large enough to be seen.
    func shape(of geometry: Geometry, code: String, name: String) -> Overview.Shape? {
        let pixel = box.width / Overview.drawnWidth
        let simple = (try? geometry.simplified(tolerance: pixel * 0.7)) ?? geometry
        let rings = simple.polygons.flatMap(\.rings).map { $0.dropLast().map(project) }.filter(isVisible)
        guard !rings.isEmpty, let center = (try? simple.pointOnSurface()) ?? nil else { return nil }
        let largest = rings.map(Self.extent).max { $0.width * $0.height < $1.width * $1.height }
        return Overview.Shape(
            code: code, name: name, path: rings.map(Self.path).joined(), labelAt: project(center),
            labelRoom: largest?.width ?? 0)
    }

    private func isVisible(_ ring: [(x: Double, y: Double)]) -> Bool {
        let extent = Self.extent(ring)
        return ring.count >= 3 && (extent.width > 2 || extent.height > 2)
    }

    private static func extent(_ ring: [(x: Double, y: Double)]) -> (width: Double, height: Double) {
        let (xs, ys) = (ring.map(\.x), ring.map(\.y))
        return ((xs.max() ?? 0) - (xs.min() ?? 0), (ys.max() ?? 0) - (ys.min() ?? 0))
    }

    /// Relative steps in tenths, which are shorter than absolute ones.
    private static func path(_ ring: [(x: Double, y: Double)]) -> String {
        var text = ""
        var before = (x: 0, y: 0)
        for (index, point) in ring.enumerated() {
            let here = (x: Int((point.x * 10).rounded()), y: Int((point.y * 10).rounded()))
            let step = (x: Double(here.x - before.x) / 10, y: Double(here.y - before.y) / 10)
            text += (index == 0 ? "M" : index == 1 ? "l" : " ") + "\(step.x.svg) \(step.y.svg)"
            before = here
        }
        return text.replacing(" -", with: "-") + "z"
    }
}

extension Double {
    /// At most one decimal, as SVG writes numbers.
    var svg: String {
        let tenths = Int((self * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (ones, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(ones)" : "\(sign)\(ones).\(rest)"
    }
}
