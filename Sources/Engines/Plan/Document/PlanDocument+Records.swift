extension PlanPart {
    init(record: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        title = try record.string("title")
        sections = try record.records("sections").map(PlanSection.init(record:))
    }
}

extension PlanSection {
    init(record: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        title = try record.string("title")
        page = try record.int("page")
        directions = try record.strings("directions")
        groups = try record.records("groups").map(MeasureGroup.init(record:))
    }
}

extension MeasureGroup {
    init(record: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        title = try record.string("title")
    }
}

extension Measure {
    init(record: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        section = try record.string("section")
        group = try record.string("group")
        subgroup = record.optionalString("subgroup")
        summary = try record.string("summary")
        examples = try record.strings("examples")
        repeatOf = record.optionalString("repeatOf")
        glossaryTerms = try record.strings("glossaryTerms")
    }
}

extension GlossaryTerm {
    init(record: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        term = try record.string("term")
        definition = try record.string("definition")
        spellings = try record.strings("spellings")
        pages = try record.ints("pages")
    }
}

extension KPI {
    init(record: PlanRecord, source: PlanRecord) throws(PlanDataError) {
        id = try record.string("id")
        kind = try record.choice("kind")
        section = try record.string("section")
        name = try record.string("name")
        unit = try record.string("unit")
        baseline = try Milestone(record: record.record("baseline"))
        target = try Milestone(record: record.record("target"))
        breakdown = try record.records("breakdown").map(Breakdown.init(record:))
        note = record.optionalString("note")
        isCumulative = try record.bool("cumulative")
        repeatOf = record.optionalString("repeatOf")
        glossaryTerms = try record.strings("glossaryTerms")
        self.source = try source.choice("how")
        definition = try source.string("definition")
        isPerMunicipality = try source.bool("perMunicipality")
    }
}

extension KPI.Milestone {
    init(record: PlanRecord) throws(PlanDataError) {
        value = try record.number("value")
        year = PlanYear(printed: try record.string("year"), year: try record.int("yearAD"))
        note = record.optionalString("note")
    }
}

extension KPI.Breakdown {
    init(record: PlanRecord) throws(PlanDataError) {
        label = try record.string("label")
        baseline = try record.number("baseline")
        target = try record.number("target")
    }
}
