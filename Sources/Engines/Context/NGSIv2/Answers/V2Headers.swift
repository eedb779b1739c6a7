import HTTPTypes
import Storage
import Web

extension HTTPField.Name {
    static let fiwareService = HTTPField.Name("Fiware-Service")
    static let fiwareServicePath = HTTPField.Name("Fiware-ServicePath")
    static let fiwareCorrelator = HTTPField.Name("Fiware-Correlator")
    static let fiwareTotalCount = HTTPField.Name("Fiware-Total-Count")
}

/// What every answer of NGSIv2 has.
enum V2Headers {
    /// Headers that scripts of other sites may read (CORS).
    private static let exposed = "Fiware-Correlator, Fiware-Total-Count, Location"

    static func mark(_ answer: inout Answer, correlator: String) {
        guard let name = HTTPField.Name.fiwareCorrelator, answer.headers[name] == nil else { return }
        answer.headers[name] = correlator
        answer.headers[.accessControlExposeHeaders] = exposed
    }

    /// The client's correlator, else the id of the request.
    static func correlator(_ call: Call) -> String {
        HTTPField.Name.fiwareCorrelator.flatMap { call.headers[$0] } ?? call.context.requestID
    }
}
