import JSON

extension PlanSection {
    var facts: JSON {
        [
            "id": .string(id), "key": .string(key), "title": .string(title), "page": JSON(page),
            "directions": .array(directions.map(JSON.string)),
        ]
    }
}
