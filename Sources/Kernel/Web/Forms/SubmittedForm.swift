import Storage

/// What a form sent: its fields in order, and its files.
public struct Form: Sendable, Hashable {
    /// A file as the browser sent it.
    public struct File: Sendable, Hashable {
        /// The name of the form's field.
        public var field: String
        /// The file's name on the reader's device, without folders; empty if none was chosen.
        public var name: String
        public var mediaType: String
        public var bytes: [UInt8]

        public init(field: String, name: String, mediaType: String, bytes: [UInt8]) {
            self.field = field
            self.name = name
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    public var fields: QueryItems
    public var files: [File]

    public init(fields: QueryItems = QueryItems(), files: [File] = []) {
        self.fields = fields
        self.files = files
    }

    /// The first value of a field.
    public subscript(name: String) -> String? { fields[name] }

    /// The name of the hidden field that carries `SessionInfo.formToken`.
    public static let tokenField = "form_token"

    /// Reads a body of the type `application/x-www-form-urlencoded` or `multipart/form-data`; `nil` for other types.
    package init?(_ body: [UInt8], type: MediaType) throws(Refusal) {
        switch type.essence {
        case "application/x-www-form-urlencoded": self.init(fields: try QueryItems(urlEncoded: body))
        case "multipart/form-data": self = try MultipartParser(boundary: type.parameter("boundary")).form(body)
        default: return nil
        }
    }
}
