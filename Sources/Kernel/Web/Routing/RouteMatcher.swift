import HTTPTypes

/// Finds the route of a request in a tree of path segments: a literal is preferred to a parameter, a parameter to the
/// rest of the path.
package struct RouteMatcher: Sendable {
    /// The routes of one path, by method.
    package struct Place: Sendable {
        package var entries: [RouteEntry] = []

        package func entry(for method: HTTPRequest.Method) -> RouteEntry? {
            entries.first { $0.route.method == method }
        }

        var passesOverSlash: Bool { entries.first?.route.passesOverSlash ?? false }

        /// What `Allow` says (RFC 9110 §10.2.1).
        package var allowed: [String] {
            var methods = Set(entries.map(\.route.method.rawValue))
            if methods.contains("GET") { methods.insert("HEAD") }
            return (methods.union(["OPTIONS"])).sorted()
        }
    }

    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var parameter: Int?
        var rest: Int?
        var place: Int?
    }

    private var nodes = [Node()]
    package private(set) var places: [Place] = []

    package init(_ routes: [Route]) throws(RouteTableError) {
        for route in routes {
            let entry = try RouteEntry(route)
            let place = place(for: try TemplatePart.parts(of: route.template))
            guard places[place].entry(for: route.method) == nil else { throw .twice(entry.label) }
            places[place].entries.append(entry)
        }
    }

    private mutating func place(for parts: [TemplatePart]) -> Int {
        var node = 0
        for part in parts { node = child(of: node, part) }
        if let place = nodes[node].place { return place }
        places.append(Place())
        nodes[node].place = places.count - 1
        return places.count - 1
    }

    private mutating func child(of node: Int, _ part: TemplatePart) -> Int {
        if let known = existingChild(of: node, part) { return known }
        nodes.append(Node())
        let new = nodes.count - 1
        switch part {
        case .literal(let text): nodes[node].literals.append((text, new))
        case .one: nodes[node].parameter = new
        case .rest: nodes[node].rest = new
        }
        return new
    }

    private func existingChild(of node: Int, _ part: TemplatePart) -> Int? {
        switch part {
        case .literal(let text): nodes[node].literals.first { $0.text == text }?.node
        case .one: nodes[node].parameter
        case .rest: nodes[node].rest
        }
    }
}

extension RouteMatcher {
    /// A path that some route has, with the ranges of its parameters in the target's bytes.
    package struct Match {
        package let place: Place
        package let values: [Range<Int>]
    }

    package func match(_ target: RequestTarget) -> Match? {
        var values: [Range<Int>] = []
        return target.bytes.withUnsafeBufferPointer { bytes in
            find(0, target.segments[...], bytes, &values).map { Match(place: places[$0], values: values) }
        }
    }

    private func find(
        _ node: Int, _ segments: ArraySlice<Range<Int>>, _ bytes: UnsafeBufferPointer<UInt8>,
        _ values: inout [Range<Int>]
    ) -> Int? {
        guard let segment = segments.first else { return nodes[node].place }
        if segment.isEmpty, segments.count == 1, let place = nodes[node].place, places[place].passesOverSlash {
            return place
        }
        let others = segments.dropFirst()
        for literal in nodes[node].literals where isEqual(literal.text, segment, bytes) {
            if let found = find(literal.node, others, bytes, &values) { return found }
        }
        let count = values.count
        if let parameter = nodes[node].parameter, !segment.isEmpty {
            values.append(segment)
            if let found = find(parameter, others, bytes, &values) { return found }
            values.removeSubrange(count...)
        }
        guard let rest = nodes[node].rest, segment.lowerBound < bytes.count else { return nil }
        values.append(segment.lowerBound..<bytes.count)
        return nodes[rest].place
    }

    private func isEqual(_ text: [UInt8], _ segment: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == segment.count else { return false }
        for index in text.indices where text[index] != bytes[segment.lowerBound + index] { return false }
        return true
    }
}
