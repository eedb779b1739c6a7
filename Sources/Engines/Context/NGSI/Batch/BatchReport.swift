import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// What became of a batch: `BatchOperationResult` (ETSI GS CIM 009 clauses 5.2.16 and 5.2.17).
struct BatchReport {
    private let call: Call
    private var succeeded: [JSON] = []
    private var created: [JSON] = []
    private var errors: [JSON] = []

    init(_ call: Call) { self.call = call }

    /// The id of an item that could not be read, as far as it says one.
    static func id(_ item: JSON) -> String {
        (item["id"] ?? item["@id"])?.stringValue ?? item.stringValue ?? NGSINull.text
    }

    mutating func add(_ id: String, _ outcome: Result<BatchOutcome, Refusal>) {
        switch outcome {
        case .success(let done):
            succeeded.append(.string(id))
            if case .created = done { created.append(.string(id)) }
        case .failure(let refusal): refuse(id, refusal)
        }
    }

    mutating func refuse(_ id: String, _ refusal: Refusal) {
        let problem = Problem(refusal, instance: call.path, requestID: call.context.requestID)
        errors.append(["entityId": .string(id), "error": NGSIError.json(problem)])
    }

    /// 201 with the ids that came into being, 204 if none did, 207 if something was refused.
    var answer: Answer {
        if !errors.isEmpty {
            return .json(
                ["success": .array(succeeded), "errors": .array(errors)], status: HTTPResponse.Status(code: 207))
        }
        return created.isEmpty ? .noContent : .json(.array(created), status: .created)
    }
}
