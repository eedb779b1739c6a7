import JSON

/// An object of one of the plan's files, read member by member; what is missing or of another type is an error that
/// names file, record and member.
struct PlanRecord {
    let file: String
    /// The record's `id`, or its place.
    let name: String
    private let object: JSONObject

    init(_ value: JSON, file: String, place: Int = 0) throws(PlanDataError) {
        guard let object = value.objectValue else {
            throw PlanDataError(file: file, reason: "Entry \(place + 1) must be an object.")
        }
        self.file = file
        self.object = object
        name = object["id"]?.stringValue ?? "entry \(place + 1)"
    }

    func string(_ member: String) throws(PlanDataError) -> String {
        guard let value = object[member]?.stringValue else { throw fault("'\(member)' must be a string.") }
        return value
    }

    func optionalString(_ member: String) -> String? { object[member]?.stringValue }

    func bool(_ member: String) throws(PlanDataError) -> Bool {
        guard let value = object[member]?.boolValue else { throw fault("'\(member)' must be true or false.") }
        return value
    }

    func int(_ member: String) throws(PlanDataError) -> Int {
        guard let value = object[member]?.intValue else { throw fault("'\(member)' must be a whole number.") }
        return value
    }

    /// Nil if the member is null; an error if it is absent.
    func number(_ member: String) throws(PlanDataError) -> JSONNumber? {
        switch object[member] {
        case .null?: return nil
        case let value?:
            guard let number = value.numberValue else { break }
            return number
        case nil: break
        }
        throw fault("'\(member)' must be a number or null.")
    }

    func choice<Choice: RawRepresentable<String>>(_ member: String) throws(PlanDataError) -> Choice {
        guard let choice = Choice(rawValue: try string(member)) else { throw fault("'\(member)' is not a known word.") }
        return choice
    }

    /// The strings of an array; none if the member is absent.
    func strings(_ member: String) throws(PlanDataError) -> [String] {
        let elements = object[member]?.arrayValue ?? []
        let strings = elements.compactMap(\.stringValue)
        guard strings.count == elements.count else { throw fault("'\(member)' must hold strings only.") }
        return strings
    }

    func ints(_ member: String) throws(PlanDataError) -> [Int] {
        let elements = object[member]?.arrayValue ?? []
        let numbers = elements.compactMap(\.intValue)
        guard numbers.count == elements.count else { throw fault("'\(member)' must hold whole numbers only.") }
        return numbers
    }

    func record(_ member: String) throws(PlanDataError) -> PlanRecord {
        guard let value = object[member] else { throw fault("'\(member)' is missing.") }
        return try PlanRecord(value, file: file)
    }

    /// The records of an array; none if the member is absent.
    func records(_ member: String) throws(PlanDataError) -> [PlanRecord] {
        try PlanRecord.all(object[member]?.arrayValue ?? [], file: file)
    }

    func has(_ member: String) -> Bool { object.contains(member) }

    func fault(_ reason: String) -> PlanDataError { PlanDataError(file: file, reason: "\(name): \(reason)") }

    static func all(_ values: [JSON], file: String) throws(PlanDataError) -> [PlanRecord] {
        var records: [PlanRecord] = []
        for (place, value) in values.enumerated() { records.append(try PlanRecord(value, file: file, place: place)) }
        return records
    }
}
