import Entities
import JSON
import Storage
import Web

extension Call {
    /// The id in the address. Refuses what is no URI (ETSI GS CIM 009 clause 5.5.4).
    func entityID() throws(Refusal) -> String {
        let id = parameter("id")
        guard Names.isURI(id) else {
            throw Refusal(
                .badRequest, "The id of an entity is a URI, such as urn:ngsi-ld:Room:1; '\(id.prefix(100))' is none.",
                faults: [.init("id", "It is no URI.")])
        }
        return id
    }

    /// The body. What is no JSON is an `InvalidRequest`, unlike JSON that says the wrong things (clause 5.5.4).
    func ngsiBody() throws(Refusal) -> JSON {
        do throws(Refusal) { return try json() } catch {
            throw Refusal(error.code, error.detail, faults: [.init(NGSIError.wholeBody, error.detail)])
        }
    }
}
