import JSON

extension KPI {
    /// The indicator as JSON. Values that the plan does not state are null.
    var facts: JSON {
        var facts: JSONObject = [
            "id": .string(id), "kind": .string(kind.rawValue), "section": .string(section), "name": .string(name),
            "unit": .string(unit), "baseline": baseline.facts, "target": target.facts,
            "breakdown": .array(breakdown.map(\.facts)), "cumulative": .bool(isCumulative),
            "repeatOf": JSON(repeatOf), "source": .string(source.rawValue), "definition": .string(definition),
            "perMunicipality": .bool(isPerMunicipality), "glossaryTerms": .array(glossaryTerms.map(JSON.string)),
        ]
        if let note { facts["note"] = .string(note) }
        return .object(facts)
    }

    /// What a list of another page shows of it.
    var shortFacts: JSON {
        [
            "id": .string(id), "name": .string(name), "unit": .string(unit), "baseline": baseline.facts,
            "target": target.facts, "breakdown": .array(breakdown.map(\.facts)),
        ]
    }
}

extension KPI.Milestone {
    fileprivate var facts: JSON {
        var facts: JSONObject = [
            "value": value?.json ?? .null, "year": JSON(year.year), "printedYear": .string(year.printed),
        ]
        if let note { facts["note"] = .string(note) }
        return .object(facts)
    }
}

extension KPI.Breakdown {
    fileprivate var facts: JSON {
        ["label": .string(label), "baseline": baseline?.json ?? .null, "target": target?.json ?? .null]
    }
}

extension StraightPath {
    var facts: JSON {
        let points = points.map { point -> JSON in ["year": JSON(point.year), "value": point.value.json] }
        return ["label": JSON(label), "points": .array(points)]
    }
}
