/// Cuts lines and rings at the square from `low` to `high` on both axes.
struct TileClip {
    let low: Double
    let high: Double

    func contains(_ point: TilePosition) -> Bool {
        point.x >= low && point.x <= high && point.y >= low && point.y <= high
    }

    /// Sutherland–Hodgman. A concave ring may run along the edge twice there, which lies in the buffer and is not seen.
    func ring(_ points: [TilePosition]) -> [TilePosition] {
        guard !points.allSatisfy(contains) else { return points }
        var result = points
        for side in Side.allCases {
            guard var before = result.last else { return [] }
            var kept: [TilePosition] = []
            for point in result {
                if isInside(point, side) != isInside(before, side) { kept.append(crossing(before, point, side)) }
                if isInside(point, side) { kept.append(point) }
                before = point
            }
            result = kept
        }
        return result
    }

    /// The pieces of a line inside the square (Liang–Barsky on each segment).
    func line(_ points: [TilePosition]) -> [[TilePosition]] {
        var pieces: [[TilePosition]] = []
        var piece: [TilePosition] = []
        func finish() {
            if piece.count > 1 { pieces.append(piece) }
            piece = []
        }
        for (start, end) in zip(points, points.dropFirst()) {
            guard let (enter, leave) = visible(start, end) else {
                finish()
                continue
            }
            if piece.isEmpty || enter > 0 {
                finish()
                piece = [at(enter, start, end)]
            }
            piece.append(at(leave, start, end))
            if leave < 1 { finish() }
        }
        finish()
        return pieces
    }

    private enum Side: CaseIterable { case left, right, top, bottom }

    private func isInside(_ point: TilePosition, _ side: Side) -> Bool {
        switch side {
        case .left: point.x >= low
        case .right: point.x <= high
        case .top: point.y >= low
        case .bottom: point.y <= high
        }
    }

    private func crossing(_ a: TilePosition, _ b: TilePosition, _ side: Side) -> TilePosition {
        switch side {
        case .left: TilePosition(x: low, y: a.y + (b.y - a.y) * (low - a.x) / (b.x - a.x))
        case .right: TilePosition(x: high, y: a.y + (b.y - a.y) * (high - a.x) / (b.x - a.x))
        case .top: TilePosition(x: a.x + (b.x - a.x) * (low - a.y) / (b.y - a.y), y: low)
        case .bottom: TilePosition(x: a.x + (b.x - a.x) * (high - a.y) / (b.y - a.y), y: high)
        }
    }

    private func visible(_ a: TilePosition, _ b: TilePosition) -> (Double, Double)? {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (enter, leave) = (0.0, 1.0)
        for (step, room) in [(-dx, a.x - low), (dx, high - a.x), (-dy, a.y - low), (dy, high - a.y)] {
            if step == 0 {
                if room < 0 { return nil }
            } else if step < 0 {
                enter = max(enter, room / step)
            } else {
                leave = min(leave, room / step)
            }
        }
        return enter <= leave ? (enter, leave) : nil
    }

    private func at(_ share: Double, _ a: TilePosition, _ b: TilePosition) -> TilePosition {
        share == 0 ? a : share == 1 ? b : TilePosition(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
    }
}

/// Douglas–Peucker without recursion.
enum LineSimplifier {
    static func simplify(_ points: [TilePosition], tolerance: Double) -> [TilePosition] {
        guard points.count > 2, tolerance > 0 else { return points }
        var keep = [Bool](repeating: false, count: points.count)
        keep[0] = true
        keep[points.count - 1] = true
        var spans = [(0, points.count - 1)]
        while let (first, last) = spans.popLast() {
            var (furthest, index) = (tolerance * tolerance, -1)
            for candidate in first + 1..<max(last, first + 1) {
                let square = squaredDistance(points[candidate], points[first], points[last])
                if square > furthest { (furthest, index) = (square, candidate) }
            }
            guard index >= 0 else { continue }
            keep[index] = true
            spans += [(first, index), (index, last)]
        }
        return zip(points, keep).compactMap { $1 ? $0 : nil }
    }

    private static func squaredDistance(_ point: TilePosition, _ a: TilePosition, _ b: TilePosition) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let share = length == 0 ? 0 : min(1, max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
        let (offX, offY) = (point.x - a.x - dx * share, point.y - a.y - dy * share)
        return offX * offX + offY * offY
    }
}
